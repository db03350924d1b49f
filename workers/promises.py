"""Jobs of promises: ask for a warning before the day comes."""

from agency.attached.promises import operations, queries
from agency.kit import clock
from agency.kit.queue import SYSTEM, job
from agency.people.agency import queries as agencies


@job("quick")
def ask_ahead() -> None:
    """On the working day before: keep each promise that is due next, or warn the client today."""
    calendar, today = agencies.calendar(), clock.today()
    if calendar.is_working(today):
        for promise in queries.due_between(today, calendar.add_working_days(today, 1)):
            operations.ask_ahead(promise, by=SYSTEM)
