"""What a client's own people do about each other: let a colleague in, name a deputy; and what we allow them."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.mail.addresses import one_address
from agency.kit.states import Refused, WrongState
from agency.kit.words import day_in_figures, lazy
from agency.people.accounts import operations as accounts
from agency.people.accounts import queries as persons
from agency.people.clients import queries
from agency.people.clients.models import INVITES, Client, Contact, Deputy

LONGEST = timedelta(days=92)
# Whom we mail is chosen by the client's people, so not without end.
A_DAY = 10
ASK_US = lazy("We cannot let this address in from here. Ask your manager.")


def rule(client: Client, invites: str, managers: Collection[int], *, by: Any) -> None:
    """Say whom the client's people may let in, and which of them (contact ids) may do so and name deputies."""
    policy.demand(by, "client.edit", client)
    if invites not in INVITES:
        raise Refused(lazy("Choose from the list."), "invites")
    client.invites = invites
    for contact in queries.active_contacts(client.id):
        contact.manages = contact.id in managers
    db.session.flush()
    journal.fact("client.cabinet_ruled", about=client, by=by, invites=invites)


def invite(client: Client, name: str, email: str, *, by: Any, approver: bool = False) -> Contact:
    """A contact lets a colleague in: to look and ask, or to approve too where we allow it and the inviter may."""
    policy.demand(by, "colleague.invite", client)
    if client.invites == "nobody":
        raise WrongState(lazy("New people are added by your manager."))
    if approver and (client.invites != "approvers" or client.id in dict(by.stands_for)):
        raise Refused(lazy("Who approves is agreed with your manager."), "approver")
    if approver and client.id not in by.approves_for:
        raise Refused(lazy("Only somebody who approves lets in somebody who approves."), "approver")
    name, address = " ".join(name.split()), one_address(email).casefold()
    if not name:
        raise Refused(lazy("Name the person."), "name")
    person = persons.by_email(address)
    if person is not None and (person.kind != "contact" or not person.is_active):
        raise Refused(ASK_US, "email")
    known = queries.contact_of(client.id, person.id) if person is not None else None
    if known is not None:
        raise Refused(lazy("This person speaks for the client already.") if known.is_active else ASK_US, "email")
    if queries.invited_since(client.id, clock.now() - timedelta(days=1)) >= A_DAY:
        raise Refused(lazy("That is enough for one day. Ask your manager to add the others."))
    person = person or accounts.add_person(name, address, kind="contact", language=client.language)
    row = Contact(
        client_id=client.id, person_id=person.id, client=client, person=person, is_approver=approver,
        gets_reports=False, invited_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    journal.fact("contact.invited", about=row, by=by, whom=person.name, approver=approver)
    return row


def name_deputy(client: Client, person_id: int, from_on: date | None, until_on: date | None, *, by: Any) -> Deputy:
    """An approver lends the own word to a colleague from day to day; nobody lends what was lent."""
    policy.demand(by, "colleague.invite", client)
    if client.invites == "nobody":
        raise WrongState(lazy("Deputies are agreed with your manager."))
    if client.id not in by.approves_for or client.id in dict(by.stands_for):
        raise WrongState(lazy("You have nothing to lend: the approvals are with somebody else."))
    contact = queries.contact_of(client.id, person_id)
    if contact is None or not contact.is_active or person_id == by.id:
        raise Refused(lazy("Choose from the list."), "person_id")
    first, last = _days(from_on, until_on)
    for row in queries.deputies(client.id):
        if row.behalf_id == by.id and row.from_on <= last and row.until_on >= first:
            raise Refused(lazy("You have a deputy in these days already: end that first."), "from_on")
    row = Deputy(client_id=client.id, person_id=person_id, behalf_id=by.id, from_on=first, until_on=last)
    db.session.add(row)
    db.session.flush()
    journal.fact("deputy.named", about=row, by=by, **_told(row))
    return row


def _days(from_on: date | None, until_on: date | None) -> tuple[date, date]:
    first = from_on or clock.today()
    if first < clock.today():
        raise Refused(lazy("This day is over."), "from_on")
    if until_on is None or until_on < first:
        raise Refused(lazy("Name the last day; it comes after the first one."), "until_on")
    if until_on - first > LONGEST:
        raise Refused(lazy("At most three months. For longer, ask your manager for another approver."), "until_on")
    return first, until_on


def end_deputy(row: Deputy, *, by: Any) -> None:
    """The word goes back at once; what was decided meanwhile stays decided."""
    policy.demand(by, "deputy.end", row)
    if row.is_over(clock.today()):
        raise WrongState(lazy("This is over already."))
    row.ended_at = clock.now()
    db.session.flush()
    journal.fact("deputy.ended", about=row, by=by, **_told(row))


def _told(row: Deputy) -> dict[str, str]:
    person = persons.one(row.person_id)
    return {
        "whom": person.name, "from_on": day_in_figures(row.from_on), "until_on": day_in_figures(row.until_on),
    }
