"""My day: the page everybody of the agency starts with."""

from typing import Any

from agency.kit.web import Room, needs, page

room = Room("home", __name__, at="")


@room.get("/")
@needs("home.view")
def show() -> Any:
    """What waits for this person."""
    return page("home/show.html")
