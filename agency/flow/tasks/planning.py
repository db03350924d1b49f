"""Dates proposed for tasks that have none, from their estimates and the hands of the department; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from agency.people.agency.calendars import WorkingCalendar

# Of eight hours at work about six go into planned tasks.
MINUTES_A_DAY = 360
UNKNOWN_DAYS = 3


@dataclass(frozen=True)
class Wish:
    """A task to place: `minutes` is its estimate, `whole` one that runs through all of the project."""

    key: int
    department: str
    minutes: int | None
    whole: bool = False


@dataclass(frozen=True)
class Place:
    """The days proposed for a task."""

    starts_on: date
    due_on: date


def propose(
    wishes: Iterable[Wish], first: date, last: date | None, calendar: WorkingCalendar, hands: Mapping[str, int],
) -> dict[int, Place]:
    """Places for tasks: one after another within a department, as fast as its hands allow, none after `last`.

    `hands` tells how many specialists a department has.
    """
    used: dict[str, Fraction] = {}
    start = calendar.add_working_days(first, 0)
    end = calendar.add_working_days(last, 0) if last is not None and last > start else None
    places = {}
    for wish in wishes:
        if wish.whole:
            places[wish.key] = Place(start, last if end and last else calendar.add_working_days(start, UNKNOWN_DAYS))
            continue
        days = Fraction(wish.minutes, MINUTES_A_DAY) if wish.minutes else Fraction(UNKNOWN_DAYS)
        begun = used.get(wish.department, Fraction(0))
        used[wish.department] = begun + days / max(1, hands.get(wish.department, 1))
        starts = calendar.add_working_days(start, int(begun))
        due = calendar.add_working_days(starts, max(0, ceil(days) - 1))
        places[wish.key] = Place(min(starts, end or starts), min(due, end or due))
    return places

