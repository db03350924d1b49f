"""The days of a month, a week or one day as a page shows them; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter

from agency.overview.calendar.kinds import KINDS
from agency.overview.calendar.queries import Counts, Item

ONE, WEEK = timedelta(days=1), timedelta(days=7)
# What is over stands behind all that is open.
IN_ORDER = attrgetter("over", "rank", "id")
VIEWS = ("month", "week", "day")


@dataclass(frozen=True)
class Span:
    """A month, a week or a day: its first and last day, those of the whole weeks around it, and its neighbours."""

    view: str
    first: date
    last: date
    earlier: date
    later: date

    @property
    def shown(self) -> tuple[date, date]:
        """The first and the last day of the page: a month has whole weeks."""
        if self.view == "day":
            return self.first, self.last
        return self.first - timedelta(days=self.first.weekday()), self.last + timedelta(days=6 - self.last.weekday())


def span(view: str, on: date) -> Span:
    """The month or the week around a day, or the day itself."""
    if view == "day":
        return Span(view, on, on, on - ONE, on + ONE)
    if view == "week":
        first = on - timedelta(days=on.weekday())
        return Span(view, first, first + timedelta(days=6), first - WEEK, first + WEEK)
    first = on.replace(day=1)
    later = (first + timedelta(days=32)).replace(day=1)
    return Span("month", first, later - ONE, (first - ONE).replace(day=1), later)


@dataclass
class Day:
    """One day: what is due, how much more there is than shown, how much is over, and whether the agency works."""

    on: date
    is_outside: bool
    is_off: bool
    holiday: str
    items: list[Item] = field(default_factory=list)
    more: int = 0
    done: int = 0
    marks: str = ""


def marked(days: list[Day], today: date) -> list[Day]:
    """The days, each with its classes on the page, once it is known what stands on them."""
    for day in days:
        is_today = day.on == today
        is_bare = not (day.items or day.done or day.holiday or is_today)
        marks = ("off", day.is_off), ("outside", day.is_outside), ("today", is_today), ("bare", is_bare)
        day.marks = " ".join(mark for mark, is_so in marks if is_so)
    return days


def apart(counts: Counts) -> tuple[Counts, Mapping[date, int]]:
    """What is open of what is due, and how much of each day is over."""
    done: dict[date, int] = {}
    for (on, _kind, over), n in counts.items():
        if over:
            done[on] = done.get(on, 0) + n
    return {due: n for due, n in counts.items() if not due[2]}, done


def wanted(counts: Counts, also: Collection[Item], most: int) -> Mapping[str, Collection[date]]:
    """Of which kinds something will be seen on which days: those that come before a day is full.

    What is over stands behind all that is open, each in the order of its rank.
    """
    groups: dict[date, list[tuple[int, int, str, int]]] = {}
    for (on, kind, over), n in counts.items():
        groups.setdefault(on, []).append((over, KINDS[kind].rank, kind, n))
    for item in also:
        groups.setdefault(item.on, []).append((item.over, item.rank, "", 1))
    found: dict[str, set[date]] = {}
    for on, some in groups.items():
        before = 0
        for _over, _rank, kind, n in sorted(some):
            if before < most and kind:
                found.setdefault(kind, set()).add(on)
            before += n
    return found


def spread(
    days: list[Day], counts: Counts, items: Sequence[Item], also: Collection[Item], most: int,
) -> list[Day]:
    """The days with their first things; `items` are among the counted ones, `also` are not."""
    by_day = {day.on: day for day in days}
    for (on, _kind, _over), n in counts.items():
        by_day[on].more += n
    known = {(item.kind, item.project_id, item.on) for item in items if item.kind == "report"}
    more = [item for item in also if item.on in by_day and (item.kind, item.project_id, item.on) not in known]
    for item in more:
        by_day[item.on].more += 1
    for item in sorted((*items, *more), key=IN_ORDER):
        day = by_day[item.on]
        if len(day.items) < most:
            day.items.append(item)
            day.more -= 1
    return days
