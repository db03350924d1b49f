"""For the staff: who comes into a client's cabinet, what we allow them, and ending a deputy's time."""

from typing import Any

from flask import request

from agency.entrypoints.portal.forms import CabinetRule
from agency.kit import clock
from agency.kit.web import Room, actor, choices, go, needs, page, refusals
from agency.kit.words import _
from agency.people.clients import cabinet
from agency.people.clients import queries as clients
from agency.people.clients.models import INVITES, Client, Deputy

AT = "/clients/<int:id>/cabinet"


def routes(room: Room) -> None:
    """Add the page and its two buttons."""
    room.add_url_rule(AT, "cabinet", show)
    room.add_url_rule(AT, "rule_cabinet", rule, methods=["POST"])
    room.add_url_rule("/clients/deputies/<int:id>/ending", "stop_deputy", stop, methods=["POST"])


@needs("client.edit", of=clients.get)
def show(client: Client) -> Any:
    """Who comes in, invited by whom, and who stands in for whom."""
    return _page(client, CabinetRule(data={"invites": client.invites}))


def _page(client: Client, form: CabinetRule, status: int = 200) -> Any:
    form.invites.choices = choices(INVITES.items())
    return page(
        "portal/cabinet.html", status, client=client, form=form, contacts=clients.active_contacts(client.id),
        deputies=clients.deputies(client.id), today=clock.today(),
    )


@needs("client.edit", of=clients.get)
def rule(client: Client) -> Any:
    """Keep whom the client's people may let in, and which of them may."""
    form = CabinetRule()
    form.invites.choices = choices(INVITES.items())
    managers = {int(said) for said in request.form.getlist("manages") if said.isascii() and said.isdecimal()}
    if form.sent():
        with refusals(form) as outcome:
            cabinet.rule(client, form.invites.data, managers, by=actor())
        if outcome.ok:
            return go("portal.cabinet", id=client.id, said=_("Saved."))
    return _page(client, form, 422)


@needs("client.edit", of=clients.deputy)
def stop(row: Deputy) -> Any:
    """End a deputy's time at once."""
    cabinet.end_deputy(row, by=actor())
    return go("portal.cabinet", id=row.client_id, said=_("%(name)s decides for nobody any more.", name=row.person.name))
