"""Working calendars: working days and hours of a country with the agency's own exceptions, pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

COUNTRIES = ("RU", "CZ", "PL")
_SATURDAY = 5
_TOO_FAR = 3660  # days; a calendar without a single working day in ten years is a mistake


@cache
def _days_off(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Public holidays of a year, and the weekend days worked in exchange for a moved day off."""
    known = holidays.country_holidays(country, years=year)
    return frozenset(known), frozenset(getattr(known, "weekend_workdays", ()))


def rehearse(today: date) -> None:
    """Look up the years around a day once: processes forked from this one then know them by heart."""
    for country in COUNTRIES:
        for year in (today.year - 1, today.year, today.year + 1):
            _days_off(country, year)


@dataclass(frozen=True)
class WorkingCalendar:
    """When the agency works: a country's calendar, the hours of its day, and exceptions (True = works)."""

    country: str = "RU"
    timezone: str = "Europe/Moscow"
    day_starts: time = time(9)
    day_ends: time = time(18)
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.country not in COUNTRIES:
            raise ValueError(f"no working calendar of {self.country!r}, known are {', '.join(COUNTRIES)}")
        if self.day_starts >= self.day_ends:
            raise ValueError("a working day ends after it starts")

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall clock the hours are told by."""
        return ZoneInfo(self.timezone)

    @property
    def minutes_a_day(self) -> int:
        """Minutes between the start and the end of a working day."""
        return (_second(self.day_ends) - _second(self.day_starts)) // 60

    def is_working(self, day: date) -> bool:
        """Whether a day is worked: own exception, then holiday, then moved working day, then the week."""
        own = self.exceptions.get(day)
        if own is not None:
            return own
        off, worked = _days_off(self.country, day.year)
        return day in worked or (day not in off and day.weekday() < _SATURDAY)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after (or before, when n is negative) a day; 0 is the day or the next working one."""
        if n == 0:
            return day if self.is_working(day) else self.add_working_days(day, 1)
        worked = self._walk(day, 1 if n > 0 else -1)
        for _step in range(abs(n) - 1):
            next(worked)
        return next(worked)

    def working_days(self, first: date, last: date) -> list[date]:
        """The working days of a span, both ends included."""
        span = (first + timedelta(days=at) for at in range((last - first).days + 1))
        return [day for day in span if self.is_working(day)]

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days a date moves from start to end: 0 on the same day, negative when earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return len(self.working_days(start + timedelta(days=1), end))

    def add_working_minutes(self, instant: datetime, minutes: int) -> datetime:
        """The instant, in UTC, at which so many working minutes have passed since an aware instant."""
        if minutes < 0:
            raise ValueError("a clock runs forwards")
        now = self._local(instant)
        day, at = now.date(), max(_second(now.time()), _second(self.day_starts))
        if not self.is_working(day) or at >= _second(self.day_ends):
            day, at = next(self._walk(day, 1)), _second(self.day_starts)
        left = minutes * 60
        while left > _second(self.day_ends) - at:
            left -= _second(self.day_ends) - at
            day, at = next(self._walk(day, 1)), _second(self.day_starts)
        return self._instant(day, at + left)

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from one aware instant to another, negative when the second is earlier."""
        if end < start:
            return -self.working_minutes_between(end, start)
        first, last = self._local(start), self._local(end)
        days = self.working_days(first.date(), last.date())
        return sum(max(0, self._until(day, last) - self._since(day, first)) for day in days) // 60

    def is_open(self, instant: datetime) -> bool:
        """Whether somebody is at work at an aware instant."""
        now = self._local(instant)
        return self.is_working(now.date()) and self.day_starts <= now.time() < self.day_ends

    def _walk(self, day: date, step: int) -> Iterator[date]:
        for _far in range(_TOO_FAR):
            day += timedelta(days=step)
            if self.is_working(day):
                yield day
        raise ValueError("this calendar has no working days")

    def _local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError("an instant without a zone cannot be told")
        return instant.astimezone(self.zone)

    def _since(self, day: date, first: datetime) -> int:
        start = _second(self.day_starts)
        return max(start, _second(first.time())) if day == first.date() else start

    def _until(self, day: date, last: datetime) -> int:
        end = _second(self.day_ends)
        return min(end, _second(last.time())) if day == last.date() else end

    def _instant(self, day: date, second: int) -> datetime:
        wall = datetime.combine(day, time.min) + timedelta(seconds=second)
        return wall.replace(tzinfo=self.zone).astimezone(UTC)


def _second(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def holiday_name(country: str, day: date, language: str) -> str:
    """What a public holiday of a country is called, "" for any other day."""
    return _named(country, day.year, language).get(day, "")


@cache
def _named(country: str, year: int, language: str) -> Mapping[date, str]:
    spoken = {"ru": "ru", "cs": "cs", "pl": "pl"}.get(language, "en_US")
    known = getattr(holidays, country).supported_languages
    return dict(holidays.country_holidays(country, years=year, language=spoken if spoken in known else "en_US"))
