"""The one clock: aware UTC instants and the agency's local day, settable for tests and the demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)
YEARS = range(2000, 2101)
_home: list[ZoneInfo] = [ZoneInfo("Europe/Moscow")]


def now() -> datetime:
    """The present instant, aware and in UTC."""
    return _set_to.get() or datetime.now(UTC)


def home_zone() -> ZoneInfo:
    """The agency's own time zone."""
    return _home[0]


def set_home_zone(name: str) -> None:
    """Choose the agency's time zone by its tz database name; raises ZoneInfoNotFoundError."""
    _home[0] = ZoneInfo(name)


def today(zone: str | ZoneInfo | None = None) -> date:
    """The calendar day in `zone`, by default in the agency's own zone."""
    return local(now(), zone).date()


def day_typed(text: str) -> date:
    """The day somebody typed, as browsers send it; raises ValueError for no day, or one far from our times."""
    day = date.fromisoformat(text)
    if not is_near(day):
        raise ValueError("a day far from our times")
    return day


def is_near(day: date) -> bool:
    """Whether a day is one that a plan or a payment may name; beyond is a slip of the finger."""
    return day.year in YEARS


def local(instant: datetime, zone: str | ZoneInfo | None = None) -> datetime:
    """The same instant on the wall clock of `zone`, by default the agency's own."""
    chosen = ZoneInfo(zone) if isinstance(zone, str) else zone or home_zone()
    return instant.astimezone(chosen)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant, for tests and the demo."""
    if instant.tzinfo is None:
        raise ValueError("the clock needs an aware instant")
    token = _set_to.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def is_held() -> bool:
    """Whether the clock stands still here, as in tests and in the demo."""
    return _set_to.get() is not None


def pass_by(**span: float) -> None:
    """Move a held clock on by a timedelta's keywords; raises RuntimeError when it is not held."""
    held = _set_to.get()
    if held is None:
        raise RuntimeError("only a held clock can be moved")
    _set_to.set(held + timedelta(**span))
