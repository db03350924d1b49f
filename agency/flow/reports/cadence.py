"""On which days the reports of a project are due: weekly, every two weeks, monthly, after each stage; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agency.people.agency.calendars import WorkingCalendar

DAY, WEEK = timedelta(days=1), timedelta(days=7)
A_MONDAY = date(2026, 1, 5)
# No rhythm is longer, so a due day is found within so many days or not at all.
REACH = 70


@dataclass(frozen=True)
class Rhythm:
    """How often a project reports; `milestones` are the days its stages end."""

    cadence: str
    weekday: int
    starts_on: date
    milestones: Sequence[date] = ()


def is_due(rhythm: Rhythm, calendar: WorkingCalendar, day: date) -> bool:
    """Whether a report is due on a day: always a working one, and not before the work began."""
    if day < rhythm.starts_on or not calendar.is_working(day):
        return False
    if rhythm.cadence == "weekly":
        return day.weekday() == rhythm.weekday
    if rhythm.cadence == "milestones":
        return any(calendar.add_working_days(end, 1) == day for end in rhythm.milestones)
    # What falls on days off is told on the last working day before them.
    named = day
    while True:
        if _is_named(rhythm, named):
            return True
        named += DAY
        if calendar.is_working(named):
            return False


def _is_named(rhythm: Rhythm, day: date) -> bool:
    if day.weekday() != rhythm.weekday:
        return False
    if rhythm.cadence == "monthly":
        return (day + WEEK).month != day.month
    # Weeks are counted from one Monday for everybody, so that the day follows from the calendar alone.
    return (day - A_MONDAY).days // 7 % 2 == 0


def last_due(rhythm: Rhythm, calendar: WorkingCalendar, on: date) -> date | None:
    """The last day, this one included, on which a report was due."""
    return _found(rhythm, calendar, on, -DAY)


def next_due(rhythm: Rhythm, calendar: WorkingCalendar, after: date) -> date | None:
    """The first day after this one on which a report is due; None when no stage has a day ahead."""
    return _found(rhythm, calendar, after + DAY, DAY)


def _found(rhythm: Rhythm, calendar: WorkingCalendar, day: date, step: timedelta) -> date | None:
    for _step in range(REACH):
        if is_due(rhythm, calendar, day):
            return day
        day += step
    return None
