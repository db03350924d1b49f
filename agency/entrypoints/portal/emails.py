"""Letters of the portal: a question or an answer, a version to look at, a fresh link."""

from typing import Any

from flask import current_app

from agency.attached.comments.models import Comment
from agency.flow.projects.models import Project
from agency.flow.tasks.models import Task
from agency.kit.mail import Letter
from agency.kit.web import site_url
from agency.kit.words import _, day, using
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies
from agency.people.clients.models import Client, Contact, Deputy


def question(remark: Comment, project: Project) -> Letter:
    """To the manager: the client has asked or told something."""
    manager, url = project.manager, site_url(f"/projects/{project.id}#talk")
    with using(manager.language):
        subject = _("%(who)s writes about “%(project)s”", who=remark.person.name, project=project.name)
        label, under = _("Answer"), _("The client reads the answer in the portal and gets it by mail.")
        return _letter(project, manager, subject, remark.words, url, label, under, remark.person)


def answer(remark: Comment, project: Project, to: Person, url: str) -> Letter:
    """To the client: the manager has answered."""
    with using(to.language):
        subject = _("An answer about “%(project)s”", project=project.name)
        label, under = _("Open the talk"), _("The page opens without a password, for you alone.")
        return _letter(project, to, subject, remark.words, url, label, under, remark.person)


def version(task: Task, to: Person, url: str) -> Letter:
    """To the client's approver: a version waits to be looked at."""
    with using(to.language):
        subject = _("“%(title)s” is ready to be looked at", title=task.title)
        said = _("We have checked it and wait for your word: accept it, or send one list of changes.")
        under = _("The page opens without a password, for you alone.")
        return _letter(task.project, to, subject, said, url, _("Look at it"), under, task.project.manager)


def fresh_link(project: Project, to: Person, url: str) -> Letter:
    """To a contact: the way into the cabinet, anew."""
    with using(to.language):
        subject = _("Your link to “%(project)s”", project=project.name)
        said = _("By this link you see where the project stands, and every document of it.")
        under = _("The page opens without a password, for you alone. The link is good for 30 days.")
        return _letter(project, to, subject, said, url, _("Open the project"), under, project.manager)


def invited(contact: Contact, url: str) -> Letter:
    """To a colleague somebody of the client let in: the way into the cabinet."""
    to, client, by = contact.person, contact.client, contact.invited_by
    with using(to.language):
        subject = _("Your portal with us: %(client)s", client=client.name)
        said = _("%(who)s has invited you into the portal: projects, documents and questions in one place.",
                 who=by.name if by else client.name)
        return _to_cabinet(client, to, subject, said, url)


def entrance(client: Client, to: Person, url: str) -> Letter:
    """To a contact who asked for it: the way into the whole cabinet."""
    with using(to.language):
        subject, said = _("Your way into the portal"), _("You asked for a link. If it was not you, throw this away.")
        return _to_cabinet(client, to, subject, said, url)


def deputised(row: Deputy, url: str) -> Letter:
    """To a deputy: whose word it is, and for how long."""
    with using(row.person.language):
        subject = _("You decide for %(who)s", who=row.behalf.name)
        said = _("From %(first)s until %(last)s you decide on what we send. Every decision says for whom it was taken.",
                 first=day(row.from_on), last=day(row.until_on))
        return _to_cabinet(row.client, row.person, subject, said, url)


def _to_cabinet(client: Client, to: Person, subject: str, words: str, url: str) -> Letter:
    own = client.own_entity or agencies.default_entity()
    under = _("The page opens without a password, for you alone. The link is good for 30 days.")
    return _framed(own, client.name, to, subject, words, url, _("Open the portal"), under, client.manager or to)


def _letter(
    project: Project, to: Person, subject: str, words: str, url: str, label: str, under: str, speaker: Person,
) -> Letter:
    return _framed(project.own_entity, project.name, to, subject, words, url, label, under, speaker, project.manager)


def _framed(
    own: Any, about: str, to: Person, subject: str, words: str, url: str, label: str, under: str, speaker: Person,
    manager: Person | None = None,
) -> Letter:
    frame: dict[str, Any] = {
        "agency_name": own.brand, "agency_line": ", ".join(filter(None, (own.name, own.address))), "subject": subject,
        "about": about, "words": words, "link_url": url, "label": label, "under": under, "speaker": speaker,
        "manager": (manager or speaker) if to.kind == "contact" else None,
    }
    template = current_app.jinja_env.get_template
    return Letter(
        to=[(to.name, to.email or "")], subject=subject, text=template("portal/word.email.txt").render(frame),
        html=template("portal/word.email.html").render(frame), language=to.language,
        reply_to=(speaker.name, speaker.email) if speaker.email else None,
    )
