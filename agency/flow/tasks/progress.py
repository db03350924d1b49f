"""How much of a project is worked off and how much should be by a day; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from agency.people.agency.calendars import WorkingCalendar

# Work that nobody has passed yet counts for at most this much of its line.
UNPASSED = Fraction(9, 10)


@dataclass(frozen=True)
class Part:
    """One line of the approved estimate with what its tasks say; `net` in minor units, times in minutes."""

    net: int
    is_done: bool
    logged: int = 0
    estimate: int | None = None
    starts_on: date | None = None
    due_on: date | None = None


def worked(parts: Iterable[Part]) -> Fraction:
    """The share of the net worked off: 1 for a line that is done, else logged / estimate, at most 0.9.

    The agency's commission is not work; it counts as spread over the lines by their net.
    """
    return _weighed((part.net, Fraction(1) if part.is_done else _begun(part)) for part in parts)


def planned(parts: Iterable[Part], on: date, calendar: WorkingCalendar) -> Fraction:
    """The share of the net that should be worked off at the end of a day: each line spread over its working days."""
    return _weighed((part.net, _due(part, on, calendar)) for part in parts)


def early(parts: Iterable[Part], on: date, calendar: WorkingCalendar) -> Fraction:
    """The share of the net that was finished before its days: a line done sooner costs no more for that."""
    return _weighed((part.net, 1 - _due(part, on, calendar) if part.is_done else Fraction(0)) for part in parts)


def _weighed(shares: Iterable[tuple[int, Fraction]]) -> Fraction:
    kept = list(shares)
    whole = sum(net for net, _share in kept)
    return sum((net * share for net, share in kept), Fraction(0)) / whole if whole else Fraction(0)


def _begun(part: Part) -> Fraction:
    return min(UNPASSED, Fraction(part.logged, part.estimate)) if part.estimate else Fraction(0)


def _due(part: Part, on: date, calendar: WorkingCalendar) -> Fraction:
    if part.due_on is None:
        return Fraction(0)
    starts = min(part.starts_on or part.due_on, part.due_on)
    if on >= part.due_on:
        return Fraction(1)
    if on < starts:
        return Fraction(0)
    days = len(calendar.working_days(starts, part.due_on))
    return Fraction(len(calendar.working_days(starts, on)), days) if days else Fraction(0)
