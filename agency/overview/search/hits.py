"""What was found, as a person reads it: name, what it is, where it leads; grouped, the best match apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flask import url_for

from agency.attached.notices import places
from agency.flow.briefs.states import STATE_WORDS
from agency.flow.projects.models import STATE_NAMES as PROJECT_STATES
from agency.flow.requests.models import NUMBER as REQUEST_NUMBER
from agency.flow.requests.models import STATE_NAMES as REQUEST_STATES
from agency.flow.smetas.naming import STATE_CHIPS
from agency.flow.tasks.speech import STATES as TASK_STATES
from agency.kit.words import Lazy, _, lazy, mark
from agency.overview.search.queries import Found
from agency.overview.search.wanted import Wanted

# Groups in the order of the page: key, heading, icon, the kinds in it.
GROUPS: tuple[tuple[str, Lazy, tuple[str, ...]], ...] = (
    ("project", lazy("Projects"), ("project",)),
    ("client", lazy("Clients and their people"), ("client", "contact")),
    ("request", lazy("Requests"), ("request",)),
    ("task", lazy("Tasks"), ("task",)),
    ("brief", lazy("Briefs"), ("brief",)),
    ("smeta", lazy("Estimates"), ("smeta",)),
    ("report", lazy("Reports"), ("report",)),
    ("requirement", lazy("Requirements"), ("requirement",)),
    ("document", lazy("Documents and files"), ("document", "file")),
)
ICONS = {
    "project": "flow", "client": "meet", "contact": "phone", "request": "mail", "task": "tasks", "brief": "pen",
    "smeta": "money", "report": "chart", "requirement": "flag", "document": "file", "file": "get",
}  # fmt: skip
STATES: dict[str, dict[str, Any]] = {
    "project": dict(PROJECT_STATES), "request": dict(REQUEST_STATES), "brief": dict(STATE_WORDS),
    "smeta": {state: chip[2] for state, chip in STATE_CHIPS.items()},
    "task": {state: said.words for state, said in TASK_STATES.items()},
    "document": {"client": lazy("for the client"), "inner": lazy("for ourselves")},
}  # fmt: skip
# What is most likely meant when several kinds fit equally well.
LIKELY = (
    "project", "client", "request", "task", "contact", "smeta", "brief", "requirement", "report", "document", "file",
)  # fmt: skip


class Hit(NamedTuple):
    """One line of the answer."""

    kind: str
    icon: str
    title: str
    note: str
    url: str
    id: int
    client_id: int
    project_id: int


@dataclass
class Group:
    """Hits under a heading; `more` leads to all of them."""

    key: str
    title: Any
    hits: list[Hit] = field(default_factory=list)
    more: bool = False


def best_of(found: Iterable[Found], wanted: Wanted) -> Found | None:
    """The one that is most likely meant: its number or mark was typed, or its name begins so."""
    ranked = sorted(found, key=lambda row: (_distance(row, wanted), LIKELY.index(row.kind)))
    return ranked[0] if ranked and _distance(ranked[0], wanted) < FAR else None


FAR = 3


def _distance(row: Found, wanted: Wanted) -> int:
    number = row.number.casefold()
    if number and (wanted.text == number or (wanted.text.isdigit() and number.endswith(f"-{wanted.text}"))):
        return 0
    if row.kind == "requirement" and wanted.mark == row.n:
        return 1
    return 2 if row.rank == 0 and row.kind in ("project", "client", "contact", "task") else FAR


def grouped(found: list[Hit], each: int) -> list[Group]:
    """All hits under their headings, at most `each` under one."""
    groups = []
    for key, title, kinds in GROUPS:
        hits = [one for one in found if one.kind in kinds]
        if hits:
            groups.append(Group(key, title, hits[:each], len(hits) > each))
    return groups


def hit(row: Found) -> Hit:
    """One found record as a line."""
    title, parts = SAID.get(row.kind, _named)(row)
    note = ", ".join(part for part in parts if part)
    return Hit(row.kind, ICONS[row.kind], title, note, _address(row), row.id, row.client_id, row.project_id)


Said = tuple[str, tuple[str, ...]]


def _state(row: Found) -> str:
    return str(STATES.get(row.kind, {}).get(row.state, ""))


def _named(row: Found) -> Said:
    return row.title, (row.project, _state(row))


def _request(row: Found) -> Said:
    return row.title, (str(REQUEST_NUMBER % {"serial": row.number}), row.client, _state(row))


def _report(row: Found) -> Said:
    return _("Report No. %(n)s", n=row.n) if row.n else _("Draft of a report"), (row.project, row.client)


# How a record is called, and what is said beside its name.
SAID: dict[str, Callable[[Found], Said]] = {
    "client": lambda row: (row.title, (row.number,)),
    "contact": lambda row: (row.title, (row.number, row.client)),
    "project": lambda row: (row.title, (row.number, row.client, _state(row))),
    "request": _request,
    "brief": lambda row: (_("Brief %(number)s", number=row.number), (row.project, _state(row))),
    "smeta": lambda row: (_("Estimate %(number)s", number=row.number), (row.project, _state(row))),
    "report": _report,
    "requirement": lambda row: (f"{mark(row.n)} {row.title}", (row.project,)),
    "file": lambda row: (row.title, (row.client,)),
}


def _address(row: Found) -> str:
    if row.kind == "contact":
        return places.path("client", row.client_id)
    if row.kind == "requirement":
        return url_for("thread.show", project_id=row.project_id, n=row.n)
    return places.path(row.kind, row.id, row.project_id, row.client_id)
