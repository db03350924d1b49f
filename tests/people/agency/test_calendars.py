"""Working days and hours of three countries."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.people.agency.calendars import WorkingCalendar

MOSCOW = ZoneInfo("Europe/Moscow")
RU = WorkingCalendar("RU")
CZ = WorkingCalendar("CZ", "Europe/Prague")
PL = WorkingCalendar("PL", "Europe/Warsaw")


def at(year, month, day, hour=0, minute=0, zone=MOSCOW):
    return datetime(year, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (RU, date(2026, 11, 23), True),
        (RU, date(2026, 11, 22), False),
        (RU, date(2026, 12, 31), False),
        (RU, date(2027, 1, 8), False),
        (RU, date(2027, 1, 11), True),
        (RU, date(2027, 2, 20), True),
        (RU, date(2027, 2, 22), False),
        (CZ, date(2027, 7, 6), False),
        (CZ, date(2027, 1, 7), True),
        (PL, date(2027, 5, 3), False),
        (PL, date(2027, 11, 11), False),
        (CZ, date(2027, 11, 11), True),
    ],
)
def test_each_country_rests_on_its_own_days(calendar, day, works):
    assert calendar.is_working(day) is works


def test_the_agency_has_the_last_word_about_a_day():
    ours = WorkingCalendar("RU", exceptions={date(2026, 11, 22): True, date(2026, 11, 23): False})
    assert ours.is_working(date(2026, 11, 22))
    assert not ours.is_working(date(2026, 11, 23))


def test_working_days_are_added_over_the_new_year():
    assert RU.add_working_days(date(2026, 12, 29), 2) == date(2027, 1, 11)
    assert RU.add_working_days(date(2027, 1, 11), -2) == date(2026, 12, 29)
    assert RU.add_working_days(date(2026, 11, 28), 0) == date(2026, 11, 30)
    assert RU.add_working_days(date(2026, 11, 23), 0) == date(2026, 11, 23)


def test_a_slip_is_counted_in_working_days():
    assert RU.working_days_between(date(2027, 1, 22), date(2027, 1, 26)) == 2
    assert RU.working_days_between(date(2027, 1, 26), date(2027, 1, 22)) == -2
    assert RU.working_days_between(date(2027, 1, 22), date(2027, 1, 22)) == 0


@pytest.mark.parametrize(
    ("asked", "minutes", "due"),
    [
        (at(2026, 11, 23, 10, 42), 120, at(2026, 11, 23, 12, 42)),
        (at(2026, 11, 23, 17), 120, at(2026, 11, 24, 10)),
        (at(2026, 11, 27, 17), 120, at(2026, 11, 30, 10)),
        (at(2026, 11, 28, 12), 120, at(2026, 11, 30, 11)),
        (at(2026, 11, 23, 7), 120, at(2026, 11, 23, 11)),
        (at(2026, 11, 23, 19), 120, at(2026, 11, 24, 11)),
        (at(2026, 11, 23, 16), 120, at(2026, 11, 23, 18)),
        (at(2026, 12, 30, 17), 120, at(2027, 1, 11, 10)),
        (at(2026, 11, 23, 9), 540 * 3, at(2026, 11, 25, 18)),
        (at(2026, 11, 28, 12), 0, at(2026, 11, 30, 9)),
    ],
)
def test_the_reply_clock_runs_in_working_hours(asked, minutes, due):
    found = RU.add_working_minutes(asked, minutes)
    assert found == due
    assert found.tzinfo is UTC


def test_summer_time_does_not_move_the_working_day():
    friday = at(2027, 3, 26, 17, zone=CZ.zone)
    assert WorkingCalendar("PL", "Europe/Prague").add_working_minutes(friday, 120) == at(2027, 3, 30, 10, zone=CZ.zone)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        RU.add_working_minutes(datetime(2026, 11, 23, 10), 5)  # noqa: DTZ001 the point of the test


def test_a_calendar_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="US"):
        WorkingCalendar("US")
    with pytest.raises(ValueError, match="ends after"):
        WorkingCalendar(day_starts=time(18), day_ends=time(9))
    with pytest.raises(ValueError, match="forwards"):
        RU.add_working_minutes(at(2026, 11, 23, 10), -1)


def test_somebody_is_at_work_on_a_working_day_only():
    assert RU.is_open(at(2026, 11, 23, 9))
    assert not RU.is_open(at(2026, 11, 23, 18))
    assert not RU.is_open(at(2026, 11, 22, 12))


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(INSTANTS, st.integers(0, 5000), st.integers(0, 5000))
def test_minutes_added_in_two_steps_are_the_same_minutes(start, first, second):
    whole = CZ.add_working_minutes(start, first + second)
    assert CZ.add_working_minutes(CZ.add_working_minutes(start, first), second) in (whole, _next_opening(whole))
    assert CZ.working_minutes_between(start, whole) == first + second


def _next_opening(instant: datetime) -> datetime:
    return CZ.add_working_minutes(instant + timedelta(seconds=1), 0)
