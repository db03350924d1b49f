"""The letter that follows from a reminder, in the manager's voice."""

from typing import Any

from agency.entrypoints.portal import links
from agency.flow.payments import emails as payments
from agency.flow.payments import queries
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.reports import emails as reports
from agency.flow.smetas.models import PaymentRow
from agency.kit import mail
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.mail import Letter
from agency.kit.queue import SYSTEM, job
from agency.people.clients import queries as clients
from agency.people.clients.models import Contact


@job("mail", name="reminders.mail")
def mail_reminder(fact_id: int) -> None:
    """Mail what a fact says the client was reminded of, to those whose matter it is."""
    fact = db.session.get(Fact, fact_id)
    if fact is not None and fact.subject_kind == PaymentRow.KIND:
        _of_payment(fact)
    elif fact is not None and fact.subject_kind == Project.KIND:
        _of_decisions(fact)


def _of_payment(fact: Fact) -> None:
    row = queries.row(fact.subject_id)
    if row is None or not row.left:
        return
    project = row.smeta.project
    contacts = [one for one in clients.active_contacts(project.client_id) if one.is_finance and one.person.email]
    for contact in contacts or _approvers(project):
        url = _link(contact, project, "#payments")
        _post(payments.payment(row, contact.person, url, queries.expected_on(row)), url, row)


def _of_decisions(fact: Fact) -> None:
    project = projects.get(fact.subject_id)
    if project is None:
        return
    for contact in _approvers(project):
        url = _link(contact, project, "")
        _post(reports.reminder(project, contact.person, fact.details["asks"], url), url, project)


def _approvers(project: Project) -> list[Contact]:
    return [contact for contact in clients.approvers(project.client_id) if contact.person.email]


def _link(contact: Contact, project: Project, at: str) -> str:
    actions = ("view", "answer", "decide") if contact.is_approver else ("view", "answer")
    return links.mint(contact.person, project, actions, to=f"/portal/projects/{project.id}{at}", by=SYSTEM)


def _post(letter: Letter, url: str, about: Any) -> None:
    mail.post(links.closed(letter, url), about=about, by=SYSTEM)
