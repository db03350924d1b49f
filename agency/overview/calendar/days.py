"""The days of a month or a week as a page shows them; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from agency.overview.calendar.queries import Item

WEEK = 7
VIEWS = ("month", "week")


@dataclass(frozen=True)
class Span:
    """A month or a week: its first and last day, those of the whole weeks around it, and its neighbours."""

    view: str
    first: date
    last: date
    earlier: date
    later: date

    @property
    def shown(self) -> tuple[date, date]:
        """The first Monday and the last Sunday of the page."""
        return self.first - timedelta(days=self.first.weekday()), self.last + timedelta(days=6 - self.last.weekday())


def span(view: str, on: date) -> Span:
    """The month or the week around a day."""
    if view == "week":
        first = on - timedelta(days=on.weekday())
        return Span(view, first, first + timedelta(days=6), first - timedelta(days=WEEK), first + timedelta(days=WEEK))
    first = on.replace(day=1)
    later = (first + timedelta(days=32)).replace(day=1)
    return Span("month", first, later - timedelta(days=1), (first - timedelta(days=1)).replace(day=1), later)


@dataclass
class Day:
    """One day: what is due, how much more there is than shown, and whether the agency works."""

    on: date
    is_outside: bool
    is_off: bool
    holiday: str
    items: list[Item] = field(default_factory=list)
    more: int = 0


def spread(days: Sequence[Day], items: Sequence[Item], also: Sequence[Item], most: int) -> list[Day]:
    """The days with their first things; `items` came counted, `also` did not."""
    by_day = {day.on: day for day in days}
    for item in items:
        day = by_day[item.on]
        day.items.append(item)
        day.more = item.all - len(day.items)
    known = {(item.kind, item.project_id, item.on) for item in items if item.kind == "report"}
    for item in also:
        if item.on in by_day and (item.kind, item.project_id, item.on) not in known:
            by_day[item.on].items.append(item)
    for day in days:
        day.items.sort(key=lambda item: (item.rank, item.id))
        day.more += len(day.items[most:])
        del day.items[most:]
    return list(days)
