"""My day: the page everybody of the agency starts with."""

from typing import Any

from flask import redirect, request, url_for

from agency.kit import clock
from agency.kit.web import Room, actor, needs, page
from agency.overview.home import day, queries

room = Room("home", __name__, at="")


@room.get("/")
@needs("home.view")
def show() -> Any:
    """What waits for this person, or all of one kind; a specialist's day is the list of tasks."""
    who = actor()
    if who.roles == {"specialist"}:
        return redirect(url_for("tasks.mine"), 302)
    only = request.args.get("only", "")
    sections = day.of(who, only)
    going = queries.going(who) if who.has("account_manager", "owner", "admin") and not only else []
    lede = [(one.lede, one.key) for one in sections]
    return page("home/show.html", today=clock.today(), sections=sections, lede=lede, going=going)
