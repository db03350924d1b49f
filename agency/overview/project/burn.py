"""How the budget burns: planned and worked share of the agreed net along the days of a project; pure.

Worked is the sum over lines of net x (1 when done, else logged / estimate, at most 0.9) over the net of all lines;
planned is each line spread over its working days, as reports count it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from agency.flow.tasks.progress import UNPASSED
from agency.overview.project.work import Line, until
from agency.people.agency.calendars import WorkingCalendar

MOST = 26
Share = Callable[[date], Fraction]


@dataclass(frozen=True)
class Point:
    """The shares at the end of a day; nothing is worked on a day that has not come."""

    on: date
    planned: Fraction
    worked: Fraction | None


@dataclass(frozen=True)
class Chart:
    """The curve with today's shares, and the net it is a share of, in minor units."""

    points: tuple[Point, ...]
    worked: Fraction
    planned: Fraction
    net: int


def chart(lines: Sequence[Line], first: date, last: date, today: date, calendar: WorkingCalendar) -> Chart | None:
    """The curve from the first day to the last, today among its points; None when nothing was agreed."""
    net = sum(line.net for line in lines)
    if not net:
        return None
    dues = [job.due_on for line in lines for job in line.jobs if job.due_on]
    starts = [job.starts_on for line in lines for job in line.jobs if job.starts_on]
    first, last = min([first, *starts, *dues]), max([last, *dues, first])
    planned, worked = _planned(lines, net, calendar.working_days(first, last)), _worked(lines, net)
    points = tuple(Point(on, planned(on), worked(on) if on <= today else None) for on in _days(first, last, today))
    return Chart(points, worked(today), planned(today), net)


def _days(first: date, last: date, today: date) -> list[date]:
    step = max(1, -(-(last - first).days // MOST))
    found = {first + timedelta(days=at) for at in range(0, (last - first).days + 1, step)} | {last}
    return sorted(found | ({today} if first <= today <= last else set()))


# Both shares are added up in whole parts of one denominator: as exact as fractions, and one fraction a day is made.


def _planned(lines: Sequence[Line], net: int, days: list[date]) -> Share:
    """The share of the net that should be worked off by the end of a day; `days` are the working ones."""
    spans = [(line.net, *span, _span(*span, days)) for line in lines if (span := line.span)]
    scale = lcm(*(whole for *_rest, (_begins, whole) in spans if whole))
    ramps = [
        (starts, due, begins, value * scale, value * scale // whole if whole else 0)
        for value, starts, due, (begins, whole) in spans
    ]

    def share(on: date) -> Fraction:
        passed = bisect_right(days, on)
        parts = sum(
            full if on >= due else (passed - begins) * a_day
            for starts, due, begins, full, a_day in ramps if on >= starts
        )
        return Fraction(parts, net * scale)

    return share


def _span(starts: date, due: date, days: list[date]) -> tuple[int, int]:
    """How many working days lie before a span, and how many in it."""
    begins = bisect_left(days, starts)
    return begins, bisect_right(days, due) - begins


def _worked(lines: Sequence[Line], net: int) -> Share:
    """The share of the net that was worked off by the end of a day."""
    known = [(line.net, line.estimate, line.done_on, line.logged()) for line in lines if line.jobs]
    scale = lcm(UNPASSED.denominator, *(estimate for _net, estimate, *_rest in known if estimate))
    parts = [
        (done_on, log, value * scale, int(value * scale * UNPASSED), value * scale // estimate if estimate else 0)
        for value, estimate, done_on, log in known
    ]

    def share(on: date) -> Fraction:
        done = sum(
            full if done_on is not None and done_on <= on else min(most, a_minute * until(*log, on))
            for done_on, log, full, most, a_minute in parts
        )
        return Fraction(done, net * scale)

    return share
