"""Clients as lines of the list: who it is, how it fares and why, what it owes, how much goes on."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from agency.overview.client.health import Health
from agency.overview.client.queries import Listed
from agency.overview.client.standing import Standing


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
