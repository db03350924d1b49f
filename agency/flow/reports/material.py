"""The raw material of a report as plain values, so that drafting needs no database."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from agency.flow.reports.lights import Milestone
from agency.flow.reports.worked import WorkLine
from agency.people.agency.calendars import WorkingCalendar


@dataclass(frozen=True)
class Work:
    """A task that the client may know of; `fresh` when it was finished since the last report."""

    id: int
    title: str
    department: str
    state: str
    who: str = ""
    due_on: date | None = None
    fresh: bool = False
    shown_n: int = 0
    shown_fresh: bool = False
    blocked_for: str = ""
    is_late: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in ("done", "cancelled")


@dataclass(frozen=True)
class Stage(Milestone):
    """A stage with its place and its start."""

    ordinal: int = 0
    started_on: date | None = None


@dataclass(frozen=True)
class Moved:
    """A date that moved since the last report, from its first day to its last one."""

    key: str
    title: str
    was: date | None
    becomes: date | None
    reason: str
    # Of a promise: when the client was warned of the new day, and whether that was before the old one.
    warned_on: date | None = None
    in_time: bool = True


@dataclass(frozen=True)
class Promised:
    """A promise; `fresh` when it was settled since the last report."""

    id: int
    words: str
    due_on: date
    state: str
    moved_from: date | None = None
    fresh: bool = False
    warned_on: date | None = None
    in_time: bool = True
    # The task it was made about, whose line tells the same day.
    task_id: int | None = None


@dataclass(frozen=True)
class Offered:
    """What we give in return for a promise that moved or was not kept; its worth in minor units."""

    id: int
    words: str
    kind: str
    amount: int
    about: str
    given: bool = False


@dataclass(frozen=True)
class Asked:
    """Something the client owes us: a decision, money or an answer."""

    key: str
    text: str
    by: date
    who: str = ""
    slips: str = ""
    late: int = 0


@dataclass(frozen=True)
class Payment:
    """A payment of an agreed estimate, in minor units."""

    smeta: str
    n: int
    amount: int
    paid: int
    due_on: date | None
    percent: Decimal | None = None
    paid_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Estimate:
    """An estimate as the client knows it; `counts` is its sum as the budget is named, with or without VAT."""

    number: str
    kind: str
    state: str
    gross: int
    counts: int
    valid_until: date | None = None


@dataclass(frozen=True)
class Person:
    """Somebody to turn to."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Material:
    """Everything a report is drafted from."""

    on: date
    since: datetime
    currency: str
    begins: date
    ends: date | None
    next_on: date
    manager: Person
    deputy: Person | None
    calendar: WorkingCalendar
    budget: int | None = None
    stages: tuple[Stage, ...] = ()
    works: tuple[Work, ...] = ()
    lines: tuple[WorkLine, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    payments: tuple[Payment, ...] = ()
    promises: tuple[Promised, ...] = ()
    moves: tuple[Moved, ...] = ()
    offers: tuple[Offered, ...] = ()
    agreed_on: date | None = None
    launches_on: date | None = None
    asks: tuple[Asked, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    over_rounds: tuple[str, ...] = ()
    remarks: int = 0
    rounds: int = 1
    # Working days that an ask of the AM's own has waited beyond its day.
    own_late: int = 0

    @property
    def broken(self) -> int:
        """Promises not kept since the last report."""
        return sum(promise.fresh and promise.state == "broken" for promise in self.promises)
