"""One thing on a day as a line: its sign and word, its name, whose it is, where it leads."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from flask import url_for
from markupsafe import Markup

from agency.kit.web import macro
from agency.kit.words import _, money0
from agency.overview.calendar.kinds import RANKS
from agency.overview.calendar.queries import Item
from agency.people.departments.models import INKS

PROMISE, DECISION, PAYMENT, REPORT, STAGE, _TASK = RANKS.values()


class Thing(NamedTuple):
    """A line of a day; `marks` are its classes, `aside` tells in words what its colour says."""

    url: str
    icon: str
    kind: str
    title: str
    of: str
    whole: str
    marks: str
    aside: str


def lines(items: Iterable[Item], today: date) -> Iterator[Markup]:
    """What is said of items, as the page has it."""
    line = macro("calendar/_line.html", "line")
    for item in items:
        yield line(*_thing(item, _tone(item, today)))


def _thing(item: Item, tone: str) -> Thing:
    url, icon, kind, title = _said(item)
    ink = INKS.get(item.department or "", "")
    aside = _("overdue") if tone == "late" else _("done") if tone == "over" else ""
    whole = ", ".join(filter(None, (f"{kind}: {title}", item.client, item.project)))
    return Thing(
        url, icon, kind, title, "" if item.project == title else item.project, whole, f"{tone} {ink}".strip(), aside,
    )


def _tone(item: Item, today: date) -> str:
    if item.over:
        return "over"
    # A launch is looked forward to; what lies with the client is no work of ours that is late.
    if item.on < today and item.kind != "project" and item.state != "client_review":
        return "late"
    return "soon" if item.rank == PROMISE or item.kind == "project" else ""


def _said(item: Item) -> tuple[str, str, str, str]:
    if item.rank == PROMISE:
        return url_for("promises.show", id=item.id), "flag", _("promise"), item.title
    if item.rank == DECISION:
        return _decision(item)
    if item.rank == PAYMENT:
        url = url_for("payments.show", project_id=item.project_id)
        return url, "money", _("payment"), money0(item.amount, item.currency or "")
    if item.rank == REPORT and item.id:
        return url_for("reports.show", id=item.id), "mail", _("report"), _("report No. %(n)s is sent", n=item.title)
    if item.rank == REPORT:
        return url_for("projects.show", id=item.project_id), "mail", _("report"), item.project
    if item.kind == "project":
        url = url_for("projects.show", id=item.id)
        return url, "play", _("launch"), _("launch: %(name)s", name=item.title)
    if item.rank == STAGE:
        return url_for("projects.show", id=item.project_id, _anchor="plan"), "flow", _("stage"), item.title
    return url_for("tasks.show", id=item.id), "tasks", _("task"), item.title


def _decision(item: Item) -> tuple[str, str, str, str]:
    if item.kind == "brief":
        url = url_for("briefs.show", id=item.id)
        return url, "talk", _("decision"), _("brief %(number)s", number=item.title)
    if item.kind == "task":
        return url_for("tasks.show", id=item.id), "talk", _("decision"), item.title
    money = money0(item.amount, item.currency or "")
    title = _("estimate %(number)s, %(sum)s", number=item.title, sum=money)
    return url_for("smetas.show", id=item.id), "talk", _("decision"), title
