"""The pages of contacts on a client's card."""

from typing import Any

from flask import request

from agency.kit.web import Room, actor, changed_meanwhile, go, needs, page, refusals
from agency.kit.words import _
from agency.people.clients import operations, queries
from agency.people.clients.forms import ContactForm
from agency.people.clients.models import Client, Contact

CARD = ("name", "position", "phone", "language", "reach", "is_approver", "is_finance", "gets_reports")


def routes(room: Room) -> None:
    """Add the addresses of contacts."""
    both = ["GET", "POST"]
    room.add_url_rule("/<int:id>/contacts/new", "add_contact", add_contact, methods=both)
    room.add_url_rule("/contacts/<int:id>", "edit_contact", edit_contact, methods=both)
    room.add_url_rule("/contacts/<int:id>/removal", "remove_contact", remove_contact, methods=["POST"])


def _status() -> int:
    return 422 if request.method == "POST" else 200


@needs("client.edit", of=queries.get)
def add_contact(client: Client) -> Any:
    """Add a person who speaks for the client."""
    form = ContactForm(data={"language": client.language, "gets_reports": True})
    if form.sent():
        with refusals(form) as outcome:
            operations.add_contact(client, by=actor(), email=form.email.data or "", **_card(form))
        if outcome.ok:
            return go("clients.show", id=client.id, said=_("The contact is added."))
    return page("clients/contact.html", _status(), form=form, client=client, contact=None)


@needs("client.edit", of=queries.contact)
def edit_contact(contact: Contact) -> Any:
    """Change a contact's card and rights."""
    person = contact.person
    form = ContactForm(obj=contact, data={
        "name": person.name, "email": person.email, "phone": person.phone, "language": person.language,
    })
    saved = {"name": person.name, "position": contact.position, "email": person.email, "phone": person.phone}
    if request.method == "POST" and (stale := changed_meanwhile(form, contact, saved)):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            operations.change_contact(contact, by=actor(), email=form.email.data or "", **_card(form))
        if outcome.ok:
            return go("clients.show", id=contact.client_id, said=_("Saved."))
    return page("clients/contact.html", _status(), form=form, client=contact.client, contact=contact)


def _card(form: ContactForm) -> dict[str, Any]:
    typed: dict[str, Any] = form.data
    return {name: "" if typed[name] is None else typed[name] for name in CARD}


@needs("client.edit", of=queries.contact)
def remove_contact(contact: Contact) -> Any:
    """The person no longer speaks for the client."""
    operations.remove_contact(contact, by=actor())
    return go("clients.show", id=contact.client_id, said=_("The contact is removed, the links are closed."))
