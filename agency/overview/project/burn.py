"""How the budget burns: planned and worked share of the agreed net along the days of a project; pure.

Worked is the sum over lines of net x (1 when done, else logged / estimate, at most 0.9) over the net of all lines;
planned is each line spread over its working days, as reports count it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from agency.flow.tasks.progress import UNPASSED
from agency.overview.project.work import Line, until
from agency.people.agency.calendars import WorkingCalendar

MOST = 26
WHOLE = 1000


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
    days = calendar.working_days(first, last)
    logs = [line.logged() for line in lines]

    def planned(on: date) -> Fraction:
        return sum((line.net * _due(line, on, days) for line in lines), Fraction(0)) / net

    def worked(on: date) -> Fraction:
        shares = (line.net * _worked(line, log, on) for line, log in zip(lines, logs, strict=True))
        return sum(shares, Fraction(0)) / net

    points = tuple(Point(on, planned(on), worked(on) if on <= today else None) for on in _days(first, last, today))
    return Chart(points, worked(today), planned(today), net)


def _days(first: date, last: date, today: date) -> list[date]:
    step = max(1, -(-(last - first).days // MOST))
    found = {first + timedelta(days=at) for at in range(0, (last - first).days + 1, step)} | {last}
    return sorted(found | ({today} if first <= today <= last else set()))


def _due(line: Line, on: date, days: list[date]) -> Fraction:
    """How much of a line should be worked off by the end of a day; `days` are the working ones."""
    dues = [job.due_on for job in line.jobs if job.due_on]
    if not dues:
        return Fraction(0)
    due = max(dues)
    starts = min(min((job.starts_on for job in line.jobs if job.starts_on), default=due), due)
    if on >= due:
        return Fraction(1)
    if on < starts:
        return Fraction(0)
    begins = bisect_left(days, starts)
    whole = bisect_right(days, due) - begins
    return Fraction(bisect_right(days, on) - begins, whole) if whole else Fraction(0)


def _worked(line: Line, log: tuple[list[date], list[int]], on: date) -> Fraction:
    if line.done_on is not None and line.done_on <= on:
        return Fraction(1)
    return min(UNPASSED, Fraction(until(*log, on), line.estimate)) if line.estimate else Fraction(0)
