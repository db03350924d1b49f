"""Pages of clients: the list, the card, and the forms that change it."""

from typing import Any

from flask import request

from agency.kit.policy import may
from agency.kit.web import Room, actor, changed_meanwhile, choices, go, needs, page, refusals, whole
from agency.kit.words import _
from agency.people.accounts import queries as persons
from agency.people.agency import queries as agencies
from agency.people.clients import operations, people, queries, tables
from agency.people.clients.forms import BrandForm, ClientForm, NewClientForm
from agency.people.clients.models import Client

room = Room("clients", __name__)
people.routes(room)
tables.routes(room)


@room.get("/")
@needs("client.view")
def index() -> Any:
    """Every client this person may see."""
    return page("clients/index.html", **_list())


def _list() -> dict[str, Any]:
    text, mine = request.args.get("q", ""), request.args.get("mine") == "1"
    after = request.args.get("after", 0, whole)
    found = queries.found_for(actor(), text, mine, after)
    shown = found[: queries.PAGE]
    return {
        "clients": shown, "projects_of": queries.going_projects([client.id for client in shown]), "text": text,
        "after": after, "more": len(found) > queries.PAGE, "page_size": queries.PAGE,
        "mine": mine, "sees_all": actor().sees_all_clients, "may_add": may(actor(), "client.create"),
    }


@room.get("/<int:id>")
@needs("client.view", of=queries.get)
def show(client: Client) -> Any:
    """One client: projects, people, brands, whom we bill."""
    return _card(client, BrandForm(prefix="brand-"))


def _card(client: Client, brand_form: BrandForm, status: int = 200) -> Any:
    return page(
        "clients/show.html", status, client=client, contacts=queries.active_contacts(client.id),
        projects=queries.projects_of(client.id), asked=queries.requests_of(client.id), brand_form=brand_form,
        may_edit=may(actor(), "client.edit", client), **_list(),
    )


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
    return _card(client, form, 422)
