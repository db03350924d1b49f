"""Letters of the portal: a question or an answer, a version to look at, a fresh link."""

from typing import Any

from flask import current_app

from agency.attached.comments.models import Comment
from agency.flow.projects.models import Project
from agency.flow.tasks.models import Task
from agency.kit.mail import Letter
from agency.kit.web import site_url
from agency.kit.words import _, using
from agency.people.accounts.models import Person


def question(remark: Comment, project: Project) -> Letter:
    """To the manager: the client has asked or told something."""
    manager, url = project.manager, site_url(f"/projects/{project.id}#talk")
    with using(manager.language):
        subject = _("%(who)s writes about “%(project)s”", who=remark.person.name, project=project.name)
        label, under = _("Answer"), _("The client reads the answer in the cabinet and gets it by mail.")
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


def _letter(
    project: Project, to: Person, subject: str, words: str, url: str, label: str, under: str, speaker: Person,
) -> Letter:
    own = project.own_entity
    frame: dict[str, Any] = {
        "agency_name": own.brand, "agency_line": ", ".join(filter(None, (own.name, own.address))), "subject": subject,
        "project": project, "words": words, "link_url": url, "label": label, "under": under, "speaker": speaker,
        "manager": project.manager if to.kind == "contact" else None,
    }
    template = current_app.jinja_env.get_template
    return Letter(
        to=[(to.name, to.email or "")], subject=subject, text=template("portal/word.email.txt").render(frame),
        html=template("portal/word.email.html").render(frame), language=to.language,
        reply_to=(speaker.name, speaker.email) if speaker.email else None,
    )
