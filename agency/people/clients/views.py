"""The forms that change a client's card; the list and the card itself are pages across the flow."""

from typing import Any

from flask import request

from agency.kit.web import Room, actor, changed_meanwhile, choices, fragment, go, needs, page, refusals
from agency.kit.words import _
from agency.people.accounts import queries as persons
from agency.people.agency import queries as agencies
from agency.people.clients import billing_pages, choosing, nuance_pages, operations, people, queries
from agency.people.clients.forms import BrandForm, ClientForm, NewClientForm
from agency.people.clients.models import Client

room = Room("client_parts", __name__, at="/clients")
people.routes(room)
billing_pages.routes(room)
nuance_pages.routes(room)


@room.route("/new", methods=["GET", "POST"])
@needs("client.create")
def create() -> Any:
    """Add a client."""
    form = NewClientForm(data={"manager_id": actor().id})
    _choices(form)
    if form.sent():
        with refusals(form) as outcome:
            client = _add(form.data)
        if outcome.ok:
            return go("clients.show", id=client.id, said=_("The client is added."))
    return page("clients/edit.html", 422 if request.method == "POST" else 200, form=form, client=None)


@room.get("/suggestions")
@needs("client.view")
def suggest() -> Any:
    """The clients this person may see that hold the words typed so far, for a field to choose in."""
    found = choosing.alike(actor(), request.args.get("q", ""))
    return fragment("clients/_suggestions.html", found=found[:choosing.MOST], has_more=len(found) > choosing.MOST)


@room.route("/<int:id>/card", methods=["GET", "POST"])
@needs("client.edit", of=queries.get)
def edit(client: Client) -> Any:
    """Change the card."""
    form = ClientForm(obj=client)
    _choices(form)
    if request.method == "POST" and (stale := changed_meanwhile(form, client, _saved(client))):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            card = {name: form[name].data for name in operations.CARD}
            operations.change(client, by=actor(), **card | {"name": " ".join(card["name"].split())})
        if outcome.ok:
            return go("clients.show", id=client.id, said=_("Saved."))
    return page("clients/edit.html", 422 if request.method == "POST" else 200, form=form, client=client)


def _add(typed: dict[str, Any]) -> Client:
    return operations.add(
        typed["name"], by=actor(), manager=persons.one(typed["manager_id"]), code=typed["code"] or "",
        country=typed["country"], language=typed["language"], currency=typed["currency"],
        own_entity=_own(typed["own_entity_id"]), about=typed["about"] or "",
    )


def _saved(client: Client) -> dict[str, Any]:
    manager = client.manager.name if client.manager else ""
    return {"name": client.name, "about": client.about, "manager_id": manager}


def _choices(form: ClientForm) -> None:
    managers = {person.id: person.name for person in persons.with_role("account_manager")}
    present = persons.get(form.data["manager_id"] or 0)
    if present is not None and present.kind == "staff":
        managers.setdefault(present.id, present.name)
    form.manager_id.choices = choices(managers.items())
    form.own_entity_id.choices = choices((entity.id, entity.name) for entity in agencies.own_entities())


def _own(id: int) -> Any:
    return next((entity for entity in agencies.own_entities() if entity.id == id), None)


@room.post("/<int:id>/brands")
@needs("client.edit", of=queries.get)
def add_brand(client: Client) -> Any:
    """Add a brand."""
    form = BrandForm(prefix="brand-")
    if form.sent():
        with refusals(form) as outcome:
            operations.add_brand(client, form.name.data or "", by=actor())
        if outcome.ok:
            return go("clients.show", id=client.id, said=_("The brand is added."))
    return page("clients/brand.html", 422, form=form, client=client)
