"""Clients as lines of the list: who it is, how it fares and why, what it owes, how much goes on."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from markupsafe import Markup

from agency.kit.web import drawn_once, macro
from agency.overview.client.health import Health
from agency.overview.client.queries import Listed
from agency.overview.client.standing import Standing

# Lines that are kept: the lists of some dozens of people.
KEPT = 2_048


class Line(NamedTuple):
    """A client on the list; the template takes it apart at once."""

    id: int
    code: str
    name: str
    manager: str | None
    tone: str
    why: str
    owes: str
    projects: int
    requests: int
    decisions: int


def of(rows: Iterable[Listed], stand: Mapping[int, Standing], judged: Mapping[int, Health]) -> list[Line]:
    """The lines of these clients."""
    return [_line(row, stand[row.id], judged[row.id]) for row in rows]


def _line(row: Listed, now: Standing, health: Health) -> Line:
    return Line(*row, health.tone, health.why, now.owes, now.projects, now.requests, now.decisions)


@drawn_once(KEPT)
def drawn(
    line: Line, is_here: bool, chosen: tuple[tuple[str, int | str], ...], knows: frozenset[str], names_managers: bool,
) -> Markup:
    """A line as it stands on the page: the same clients stand beside each card that is opened."""
    return macro("clients/_line.html", "line")(line, is_here, dict(chosen), knows, names_managers)
