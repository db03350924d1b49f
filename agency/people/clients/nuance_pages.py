"""The pages of a client's nuances, and how other rooms show those that concern them."""

from typing import Any

from flask import request

from agency.kit.policy import may
from agency.kit.web import Room, actor, changed_meanwhile, go, needs, page, refusals
from agency.kit.words import _
from agency.people.clients import nuances, queries
from agency.people.clients.forms import NuanceForm
from agency.people.clients.models import Client, Nuance


def routes(room: Room) -> None:
    """Add the addresses of nuances, and the name by which templates ask for them."""
    room.add_url_rule("/<int:id>/nuances", "add_nuance", add, methods=["POST"])
    room.add_url_rule("/nuances/<int:id>", "edit_nuance", edit, methods=["GET", "POST"])
    room.add_url_rule("/nuances/<int:id>/removal", "drop_nuance", drop, methods=["POST"])
    room.app_template_global("nuances_for")(nuances_for)


def nuances_for(record: Any, place: str) -> list[str]:
    """What to know of the record's client here; nothing for anybody but the staff."""
    who = actor()
    if not who.is_staff or not may(who, "nuance.view"):
        return []
    return nuances.shown_in(record.client_id, place)


@needs("client.edit", of=queries.get)
def add(client: Client) -> Any:
    """Write one down."""
    form = NuanceForm(prefix="nuance-")
    if form.sent():
        with refusals(form) as outcome:
            nuances.add(client, form.words.data or "", form.places.data or [], by=actor())
        if outcome.ok:
            return go("clients.show", id=client.id, _anchor="nuances", said=_("The nuance is written down."))
    return page("clients/nuance.html", 422, form=form, client=client, nuance=None)


@needs("client.edit", of=nuances.get)
def edit(nuance: Nuance) -> Any:
    """Say it otherwise, or show it elsewhere."""
    form = NuanceForm(obj=nuance, prefix="nuance-")
    if request.method == "POST" and (stale := changed_meanwhile(form, nuance, {"words": nuance.words})):
        return stale
    if form.sent():
        with refusals(form) as outcome:
            nuances.change(nuance, form.words.data or "", form.places.data or [], by=actor())
        if outcome.ok:
            return go("clients.show", id=nuance.client_id, _anchor="nuances", said=_("Saved."))
    return page(
        "clients/nuance.html", 422 if request.method == "POST" else 200, form=form, client=nuance.client,
        nuance=nuance,
    )


@needs("client.edit", of=nuances.get)
def drop(nuance: Nuance) -> Any:
    """Strike it out."""
    nuances.drop(nuance, by=actor())
    return go("clients.show", id=nuance.client_id, _anchor="nuances", said=_("Struck out: it is shown nowhere now."))
