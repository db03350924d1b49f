"""The list of projects: where each one stands, what comes next, and who leads it."""

from typing import Any

from flask import request

from agency.flow.projects import queries
from agency.flow.projects.models import GOING, STATE_NAMES
from agency.kit import clock
from agency.kit.web import Room, actor, needs, page, whole
from agency.kit.web.turning import neighbours, turn
from agency.kit.words import Lazy, lazy_in

STATES: dict[str, Lazy] = {
    "on_hold": lazy_in("projects", "On hold"), "closed": lazy_in("projects", "Closed"),
    "cancelled": lazy_in("projects", "Cancelled"),
}


def routes(room: Room) -> None:
    """Add the list."""
    room.add_url_rule("/", "index", index)


@needs("home.view")
def index() -> Any:
    """The projects this person may see."""
    state, mine, text = request.args.get("state", ""), request.args.get("mine") == "1", request.args.get("q", "")
    client_id = request.args.get("client", 0, whole)
    state = state if state in STATE_NAMES else ""
    leaf = queries.listed(actor(), state, mine, text, client_id, turn())
    kept = {"state": state or None, "mine": 1 if mine else None, "q": text or None, "client": client_id or None}
    return page(
        "projects/index.html", projects=leaf.rows, pages=neighbours(leaf, "projects.index", **kept), state=state,
        mine=mine, text=text, names=STATES, counts=queries.counts(actor()), today=clock.today(), going=GOING,
    )
