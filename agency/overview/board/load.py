"""How full a person's week is: what is logged and what is left of the tasks in hand; pure, in minutes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agency.people.agency.calendars import WorkingCalendar

# Of eight hours a day some go into talks and letters: the rest can be planned.
PLANNABLE_A_DAY = 432


@dataclass(frozen=True)
class Held:
    """A task in somebody's hands: what is left of it, and its days."""

    left: int
    starts_on: date | None
    due_on: date | None


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def planning_day(today: date, calendar: WorkingCalendar) -> date:
    """The day from which a week is planned: today, or the next Monday once the work of this week is over."""
    monday, sunday = week_of(today)
    return today if calendar.working_days(today, sunday) else monday + timedelta(days=7)


def capacity(day: date, calendar: WorkingCalendar) -> int:
    """Minutes that can be planned in the week around a day."""
    return PLANNABLE_A_DAY * len(calendar.working_days(*week_of(day)))


def ahead(held: Iterable[Held], today: date, calendar: WorkingCalendar) -> list[date]:
    """The working days from today until the last day of these tasks, or of this week: looked up once for them all."""
    named = (day for task in held for day in (task.starts_on, task.due_on) if day)
    return calendar.working_days(today, max([week_of(today)[1], *named]))


def busy(held: Iterable[Held], logged: int, today: date, days: Sequence[date]) -> int:
    """Minutes of this week: those logged, and each task's rest spread evenly over its working days from today on.

    `days` are those that lie `ahead` of these tasks and, maybe, of others.
    """
    sunday = week_of(today)[1]
    return logged + sum(_this_week(task, today, sunday, days) for task in held)


def _this_week(task: Held, today: date, sunday: date, days: Sequence[date]) -> int:
    first = max(today, task.starts_on or today)
    last = max(first, task.due_on or sunday)
    start = bisect_left(days, first)
    days_left = bisect_right(days, last) - start
    if not days_left:
        return task.left if first <= sunday else 0
    days_now = bisect_right(days, min(last, sunday)) - start
    return task.left * max(days_now, 0) // days_left
