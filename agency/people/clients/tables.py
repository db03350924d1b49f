"""The list of clients as a table."""

from typing import Any

from flask import request

from agency.kit import sheets
from agency.kit.sheets import Sheet
from agency.kit.web import Room, actor, exports, needs
from agency.kit.words import _
from agency.people.clients import queries
from agency.people.clients.models import Client


def routes(room: Room) -> None:
    """Add the table to the room's addresses."""
    room.get("/table")(needs("client.view")(exports(table)))


def table() -> Sheet:
    """The clients the actor sees, narrowed as the list is."""
    columns = [
        sheets.text(_("Code"), 9), sheets.text(_("Client"), 32), sheets.text(_("Brands")),
        sheets.text(_("Account manager")), sheets.text(_("Decide"), 32), sheets.text(_("Country"), 9),
        sheets.text(_("Language"), 9), sheets.text(_("Currency"), 9), sheets.number(_("Projects going")),
    ]  # fmt: skip
    found = queries.all_for(actor(), request.args.get("q", ""), request.args.get("mine") == "1")
    going = queries.going_everywhere()
    return Sheet(_("Clients"), columns, (_row(client, going.get(client.id, 0)) for client in found))


def _row(client: Client, going: int) -> list[Any]:
    decide = [contact.person.name for contact in client.contacts if contact.is_active and contact.is_approver]
    return [
        client.code, client.name, ", ".join(brand.name for brand in client.brands),
        client.manager.name if client.manager else "", ", ".join(decide), client.country, client.language,
        client.currency, going,
    ]  # fmt: skip
