"""The day put together: sections in the order promise, decision, overdue, money."""

from typing import Any

from agency.overview.home import queries
from agency.overview.home.rows import Section
from agency.overview.home.sections import SECTIONS, Day


def of(actor: Any, only: str = "") -> list[Section]:
    """Everything that waits for this person, the empty sections left out; or all rows of one section alone."""
    asked = _parts(actor)
    alone = {name: kinds for name, kinds in asked.items() if name == only}
    parts = alone or asked
    kinds = tuple(kind for some in parts.values() for kind in some)
    day = Day(actor, kinds, queries.MOST if alone else queries.FEW)
    return [SECTIONS[name](day) for name, some in parts.items() if day.count(*some)]


def _parts(actor: Any) -> dict[str, tuple[str, ...]]:
    """The sections of somebody's day in their order, each with the kinds of records in it."""
    if actor.has("account_manager", "owner", "admin"):
        parts = {"requests": ("requests",), "promises": ("promises",), "questions": ("questions",)}
        # What came back is the turn of whoever leads the work; owners look at what waits for them.
        if actor.has("owner"):
            parts["inner"] = ("inner",)
        elif actor.has("account_manager"):
            parts["again"] = ("again", "answered")
        parts |= {"decisions": ("briefs", "smetas", "issued"), "reports": ("reports",), "late": ("late",)}
        return parts | {"money": ("money",)}
    if actor.has("finance"):
        return {"money": ("money",)}
    return {"briefs": ("issued",), "checks": ("checks",), "late": ("late",)}
