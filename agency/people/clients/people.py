"""The pages of contacts and legal entities on a client's card."""

from typing import Any

from flask import request

from agency.kit.web import Room, actor, changed_meanwhile, go, needs, page, refusals
from agency.kit.words import _
from agency.people.clients import operations, queries
from agency.people.clients.forms import BillingEntityForm, ContactForm
from agency.people.clients.models import BillingEntity, Client, Contact

CARD = ("name", "position", "phone", "language", "is_approver", "is_finance", "gets_reports")


def routes(room: Room) -> None:
    """Add the addresses of contacts and legal entities."""
    both = ["GET", "POST"]
    room.add_url_rule("/<int:id>/contacts/new", "add_contact", add_contact, methods=both)
    room.add_url_rule("/contacts/<int:id>", "edit_contact", edit_contact, methods=both)
    room.add_url_rule("/contacts/<int:id>/removal", "remove_contact", remove_contact, methods=["POST"])
    room.add_url_rule("/<int:id>/entities/new", "add_entity", add_entity, methods=both)
    room.add_url_rule("/entities/<int:id>", "edit_entity", edit_entity, methods=both)


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


@needs("client.edit", of=queries.get)
def add_entity(client: Client) -> Any:
    """Add a legal entity."""
    form = BillingEntityForm(data={"country": client.country})
    if form.sent():
        with refusals(form) as outcome:
            operations.add_billing_entity(client, by=actor(), **_entity(form))
        if outcome.ok:
            return go("clients.show", id=client.id, said=_("The legal entity is added."))
    return page("clients/entity.html", _status(), form=form, client=client, entity=None)


@needs("client.edit", of=queries.billing_entity)
def edit_entity(entity: BillingEntity) -> Any:
    """Change a legal entity."""
    form = BillingEntityForm(obj=entity)
    if form.sent():
        with refusals(form) as outcome:
            operations.change_billing_entity(entity, by=actor(), **_entity(form))
        if outcome.ok:
            return go("clients.show", id=entity.client_id, said=_("Saved."))
    return page("clients/entity.html", _status(), form=form, client=queries.get(entity.client_id), entity=entity)


def _entity(form: BillingEntityForm) -> dict[str, Any]:
    return {name: value or "" for name, value in form.data.items()}
