"""How full a person's week is: what is logged and what is left of the tasks in hand; pure, in minutes."""

from collections.abc import Iterable
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


Spans = dict[tuple[date, date], tuple[int, int]]


def busy(
    held: Iterable[Held], logged: int, today: date, calendar: WorkingCalendar, spans: Spans | None = None,
) -> int:
    """Minutes of this week: those logged, and each task's rest spread evenly over its working days from today on.

    `spans` remembers, for a whole department, how many working days lie where.
    """
    known: Spans = {} if spans is None else spans
    sunday = week_of(today)[1]
    return logged + sum(_this_week(task, today, sunday, calendar, known) for task in held)


def _this_week(task: Held, today: date, sunday: date, calendar: WorkingCalendar, spans: Spans) -> int:
    first = max(today, task.starts_on or today)
    last = max(first, task.due_on or sunday)
    if (first, last) not in spans:
        days = calendar.working_days(first, last)
        spans[first, last] = len(days), sum(day <= sunday for day in days)
    days_left, days_now = spans[first, last]
    if not days_left:
        return task.left if first <= sunday else 0
    return task.left * days_now // days_left
