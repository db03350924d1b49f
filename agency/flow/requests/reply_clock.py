"""The reply clock: until when a request wants an answer, in the agency's working time; pure."""

from dataclasses import dataclass
from datetime import datetime

from agency.people.agency.calendars import WorkingCalendar

MINUTES = 120


@dataclass(frozen=True)
class Reply:
    """When the answer is due and how many working minutes are left; negative when it is late."""

    due_at: datetime
    left: int

    @property
    def is_late(self) -> bool:
        """Whether the moment has passed."""
        return self.left < 0

    @property
    def is_soon(self) -> bool:
        """Whether half an hour of work or less is left."""
        return 0 <= self.left <= 30


def due(calendar: WorkingCalendar, received_at: datetime, minutes: int = MINUTES) -> datetime:
    """The instant by which somebody should have answered (handbook 5: two working hours)."""
    return calendar.add_working_minutes(received_at, minutes)


def read(calendar: WorkingCalendar, due_at: datetime, now: datetime) -> Reply:
    """How the clock stands; a due instant that has passed out of hours counts as late at once."""
    left = calendar.working_minutes_between(now, due_at)
    return Reply(due_at, -1 if left == 0 and now > due_at else left)
