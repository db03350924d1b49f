"""The calendar on one page: what runs when, on the agency's own clock, once a period at most."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from agency.kit import clock


@dataclass(frozen=True)
class Line:
    """One line: a job, and the times of day it is due (every day, or on some weekdays, Monday = 0)."""

    job: str
    at: time
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    def latest(self, now: datetime) -> datetime | None:
        """The last instant this line was due, if that was within the last day."""
        today = clock.local(now).date()
        for day in (today, today - timedelta(days=1)):
            due = datetime.combine(day, self.at, clock.home_zone()).astimezone(UTC)
            if day.weekday() in self.weekdays and now - timedelta(days=1) < due <= now:
                return due
        return None

    def period(self, due: datetime) -> str:
        """The name of one due date, so that it is asked for once only."""
        return f"{clock.local(due):%Y-%m-%d %H:%M}"


CALENDAR: tuple[Line, ...] = (
    # Everybody's own nine o'clock comes at some hour of the agency's day.
    *(Line("notices.ask_digests", time(hour, 2)) for hour in range(24)),
    Line("smetas.expire", time(0, 10)),
    Line("tidying.clear_done_jobs", time(3, 40)),
    Line("tidying.learn_tables", time(3, 50)),
    Line("files.tidy", time(4, 10)),
    Line("reports.draft_due", time(8, 0)),
    Line("promises.ask_ahead", time(9, 0)),
    Line("payments.remind_due", time(9, 30)),
    Line("reports.remind_due", time(9, 40)),
    Line("reports.watch_late", time(10, 0)),
    Line("reports.watch_due", time(15, 0)),
)
