"""The pages of a client's legal entities: written in with requisites, changed, put away."""

from typing import Any

from flask import request

from agency.kit.web import Room, actor, changed_meanwhile, go, needs, page, refusals
from agency.kit.words import _
from agency.people.agency import requisites
from agency.people.agency.forms import COUNTRY_NAMES
from agency.people.clients import billing, queries
from agency.people.clients.forms import BillingEntityForm, billing_form
from agency.people.clients.models import BillingEntity, Client


def routes(room: Room) -> None:
    """Add the addresses of legal entities."""
    both = ["GET", "POST"]
    room.add_url_rule("/<int:id>/entities/new", "add_entity", add_entity, methods=both)
    room.add_url_rule("/entities/<int:id>", "edit_entity", edit_entity, methods=both)
    room.add_url_rule("/entities/<int:id>/archiving", "archive_entity", archive, methods=["POST"])
    room.add_url_rule("/entities/<int:id>/return", "restore_entity", restore, methods=["POST"])


def _country(known: str) -> str:
    """The country whose requisites the form asks for: the chosen one, else the one known."""
    chosen = request.values.get("country", known)
    return chosen if chosen in COUNTRY_NAMES else known


def _page(form: BillingEntityForm, client: Client, entity: BillingEntity | None) -> Any:
    return page(
        "clients/entity.html", 422 if request.method == "POST" else 200, form=form, client=client, entity=entity,
        fields=[form[one.key] for one in requisites.of(form.country.data)], countries=COUNTRY_NAMES,
        here=request.path,
    )


@needs("client.edit", of=queries.get)
def add_entity(client: Client) -> Any:
    """Add a legal entity."""
    country = _country(client.country)
    form = billing_form(country, data={"country": country})
    if form.sent():
        with refusals(form) as outcome:
            billing.add(client, by=actor(), **_typed(form))
        if outcome.ok:
            return go("clients.show", id=client.id, said=_("The legal entity is added."))
    return _page(form, client, None)


@needs("client.edit", of=queries.billing_entity)
def edit_entity(entity: BillingEntity) -> Any:
    """Change a legal entity."""
    country = _country(entity.country)
    form = billing_form(country, data={
        **(entity.requisites or {}), "version": entity.version, "name": entity.name, "address": entity.address,
        "country": country,
    })
    saved = {"name": entity.name, "address": entity.address}
    saved |= {one.key: entity.requisites.get(one.key, "") for one in requisites.of(country)}
    if request.method == "POST" and (stale := changed_meanwhile(form, entity, saved)):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            billing.change(entity, by=actor(), **_typed(form))
        if outcome.ok:
            return go("clients.show", id=entity.client_id, said=_("Saved."))
    return _page(form, entity.client, entity)


def _typed(form: BillingEntityForm) -> dict[str, Any]:
    card = {name: form[name].data or "" for name in billing.CARD}
    return card | {"requisites": form.typed()}


@needs("client.edit", of=queries.billing_entity)
def archive(entity: BillingEntity) -> Any:
    """Offer it nowhere any more."""
    billing.put_away(entity, by=actor())
    return go("clients.show", id=entity.client_id, said=_("Put away. Papers that name it stay as they are."))


@needs("client.edit", of=queries.billing_entity)
def restore(entity: BillingEntity) -> Any:
    """Offer it again."""
    billing.take_back(entity, by=actor())
    return go("clients.show", id=entity.client_id, said=_("The legal entity is offered again."))
