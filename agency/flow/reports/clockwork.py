"""On which days a client is reminded of a decision: the working day before it, and one and three after it; pure."""

from datetime import date

from agency.people.agency.calendars import WorkingCalendar

AFTER = {1: "after", 3: "again"}
CAP = 3


def step(by: date, today: date, calendar: WorkingCalendar) -> str:
    """The reminder of a working day: before, after, again, or nothing."""
    if today <= by:
        return "before" if calendar.working_days_between(today, by) == 1 else ""
    return AFTER.get(calendar.working_days_between(by, today), "")
