"""Jobs of the portal: questions and answers by mail, versions to look at, fresh links, links that end."""

from agency.attached.comments.models import Comment
from agency.entrypoints.portal import emails, links
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.tasks import queries as tasks
from agency.kit import clock, mail
from agency.kit.db import db
from agency.kit.queue import SYSTEM, job
from agency.people.accounts.models import Person
from agency.people.clients import queries as clients
from agency.people.clients.models import Contact


@job("mail")
def carry_word(comment_id: int) -> None:
    """Mail the client's word to the manager, or the agency's answer to those who asked."""
    remark = db.session.get(Comment, comment_id)
    if remark is None or remark.audience != "client" or remark.subject_kind != Project.KIND or mail.of(remark):
        return
    project = projects.get(remark.subject_id)
    if project is None:
        return
    if remark.person.kind == "contact":
        _to_manager(remark, project)
        return
    for contact in _listeners(remark, project):
        url = _link(contact, project, f"/portal/projects/{project.id}#talk")
        mail.post(links.closed(emails.answer(remark, project, contact.person, url), url), about=remark, by=SYSTEM)


def _to_manager(remark: Comment, project: Project) -> None:
    if project.manager.email:
        mail.post(emails.question(remark, project), about=remark, by=SYSTEM)


def _listeners(remark: Comment, project: Project) -> list[Contact]:
    """The contacts who took part in the talk, else those who approve."""
    asked = db.session.query(Comment.person_id).filter_by(
        subject_kind=Project.KIND, subject_id=project.id, audience="client",
    )
    spoke = {row[0] for row in asked}
    active = [contact for contact in clients.active_contacts(project.client_id) if contact.person.email]
    return [contact for contact in active if contact.person_id in spoke] or [
        contact for contact in active if contact.is_approver
    ]


@job("mail")
def mail_version(task_id: int) -> None:
    """Tell the client's approvers that a version waits for them."""
    task = tasks.get(task_id)
    delivery = task.last_delivery if task is not None else None
    if task is None or delivery is None or task.state != "client_review" or not task.is_public or mail.of(delivery):
        return
    for contact in clients.approvers(task.client_id):
        if contact.person.email:
            url = _link(contact, task.project, f"/portal/projects/{task.project_id}/tasks/{task.id}")
            mail.post(links.closed(emails.version(task, contact.person, url), url), about=delivery, by=SYSTEM)


@job("mail")
def mail_link(project_id: int, contact_id: int) -> None:
    """Mail one contact a fresh link to a project."""
    project, contact = projects.get(project_id), db.session.get(Contact, contact_id)
    if project is None or contact is None or not contact.is_active or contact.client_id != project.client_id:
        return
    url = _link(contact, project, f"/portal/projects/{project.id}")
    mail.post(links.closed(emails.fresh_link(project, contact.person, url), url), about=project, by=SYSTEM)


@job("mail")
def welcome(contact_id: int) -> None:
    """Mail the way in to a colleague whom somebody of the client has invited."""
    contact = db.session.get(Contact, contact_id)
    if contact is not None and contact.is_active and not mail.of(contact):
        url = _to_cabinet(contact.person)
        mail.post(links.closed(emails.invited(contact, url), url), about=contact, by=SYSTEM)


@job("mail")
def tell_deputy(deputy_id: int) -> None:
    """Tell a deputy for whom and until when."""
    row = clients.deputy(deputy_id)
    if row is not None and not row.is_over(clock.today()) and row.person.email and not mail.of(row):
        url = _to_cabinet(row.person)
        mail.post(links.closed(emails.deputised(row, url), url), about=row, by=SYSTEM)


@job("mail")
def mail_entrance(person_id: int) -> None:
    """Mail a contact the way into the whole cabinet."""
    person, spoken_for = db.session.get(Person, person_id), clients.spoken_for(person_id)
    if person is not None and person.is_active and person.email and spoken_for:
        url = _to_cabinet(person)
        mail.post(links.closed(emails.entrance(spoken_for[0], person, url), url), about=spoken_for[0], by=SYSTEM)


def _to_cabinet(person: Person) -> str:
    """A link that reaches what the person reaches with a password; what that is, is asked anew each time."""
    return links.mint(person, None, links.ACTIONS, by=SYSTEM)


@job("quick")
def end_links(contact_id: int) -> None:
    """Close the links of somebody who no longer speaks for the client."""
    contact = db.session.get(Contact, contact_id)
    if contact is not None and not contact.is_active:
        links.revoke_of_contact(contact, by=SYSTEM)


def _link(contact: Contact, project: Project, to: str) -> str:
    person: Person = contact.person
    decides = contact in clients.approvers(contact.client_id)
    actions = ("view", "answer", "decide") if decides else ("view", "answer")
    return links.mint(person, project, actions, to=to, by=SYSTEM)
