"""The list of projects: where each one stands, what comes next, and who leads it."""

from datetime import date
from typing import Any

from flask import request

from agency.flow.projects import queries
from agency.flow.projects.models import STATE_NAMES, Project
from agency.kit import clock
from agency.kit.web import Room, actor, needs, page, whole
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
    client_id, after = request.args.get("client", 0, whole), request.args.get("after", 0, whole)
    state = state if state in STATE_NAMES else ""
    found = queries.listed(actor(), state, mine, text, client_id, after)
    shown = found[: queries.PAGE]
    return page(
        "projects/index.html", projects=[(project, standing(project)) for project in shown], state=state, mine=mine,
        text=text, after=after, more=len(found) > queries.PAGE, page_size=queries.PAGE, state_names=STATES,
        counts=queries.counts(actor()), today=clock.today(), client_id=client_id,
    )


def standing(project: Project) -> dict[str, Any]:
    """Stage n of m with its name, and the nearest day that is still ahead or overdue."""
    at = project.current_stage
    coming: date | None = at.forecast_on if at else project.ends_on
    return {
        "stage": at, "n": at.ordinal if at else len(project.stages), "all": len(project.stages), "next_on": coming,
        "late": bool(coming and coming < clock.today() and project.is_going),
    }
