"""How to come in: by the newest letter, by a fresh link to one's own address, or with a password."""

from datetime import timedelta
from typing import Any

from flask import request

from agency.entrypoints.portal.forms import Entrance
from agency.kit import limits, queue
from agency.kit.db import unit
from agency.kit.web import Room, go, own_unit, page, public
from agency.kit.words import lazy
from agency.people.accounts import queries as persons
from agency.people.clients import queries as clients

AN_HOUR = timedelta(hours=1)
FOR_AN_ADDRESS, FOR_A_NETWORK = 3, 20
SENT = lazy("If we know this address, a link is on its way there. It comes within a minute.")
TOO_OFTEN = lazy("Links were asked for too often. Wait an hour, or call your manager.")


def routes(room: Room) -> None:
    """Add the page of coming in."""
    room.add_url_rule("/portal/entrance", "entrance", entrance)
    room.add_url_rule("/portal/entrance", "ask_link", ask_link, methods=["POST"])


@public("whoever has no link any more must be told how to get one; it shows nothing of anybody")
def entrance() -> Any:
    """How to come in."""
    return page("portal/entrance.html", form=Entrance())


@public("the link goes to the address alone, and the answer is the same whether we know it or not")
@own_unit
def ask_link() -> Any:
    """Mail a link to the whole cabinet to a contact's own address."""
    form = Entrance()
    if not form.sent():
        return page("portal/entrance.html", 422, form=form)
    address = (form.email.data or "").strip().casefold()
    allowed = limits.allow(f"entrance:{request.remote_addr}", FOR_A_NETWORK, AN_HOUR)
    if not allowed or not limits.allow(f"entrance:{address}", FOR_AN_ADDRESS, AN_HOUR):
        form.form_errors.append(str(TOO_OFTEN))
        return page("portal/entrance.html", 429, form=form)
    with unit():
        person = persons.by_email(address)
        if person is not None and person.kind == "contact" and person.is_active and clients.spoken_for(person.id):
            queue.ask("portal.mail_entrance", person.id)
    return go("portal.entrance", said=SENT)
