"""P29: time is right: instants come back in every zone, and what is due at nine comes at nine, once, all year."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite

from agency.kit import clock, words
from agency.kit.db import Instant, db, unit
from agency.kit.queue import Job, named
from agency.people.agency.models import Setting
from tests.figures import figure
from workers.rounds import Rounds
from workers.schedule import Line

ZONES = sorted(available_timezones())
FIRST, LAST = datetime(1970, 1, 1), datetime(2037, 12, 31)  # noqa: DTZ001 - the zone is drawn beside
# Half of them in the nights of the months in which zones switch. Hypothesis would look for each switch itself, given
# the zone, and take ten times as long.
NIGHTS = st.builds(
    datetime, st.integers(FIRST.year, LAST.year), st.sampled_from((3, 4, 9, 10, 11)), st.integers(1, 30),
    st.integers(0, 4), st.integers(0, 59), st.integers(0, 59),
)
INSTANTS = st.builds(
    lambda moment, zone, fold: moment.replace(tzinfo=ZoneInfo(zone), fold=fold),
    st.datetimes(FIRST, LAST) | NIGHTS, st.sampled_from(ZONES), st.integers(0, 1),
)
# Both switches of a year; one zone by half an hour, one south of the equator, one that switches at midnight.
SWITCHES = {
    "Europe/Prague": (date(2027, 3, 28), date(2027, 10, 31)),
    "America/New_York": (date(2027, 3, 14), date(2027, 11, 7)),
    "Australia/Lord_Howe": (date(2027, 4, 4), date(2027, 10, 3)),
    "Africa/Cairo": (date(2027, 4, 30), date(2027, 10, 29)),
    "America/Santiago": (date(2027, 4, 4), date(2027, 9, 5)),
}  # fmt: skip
TICK = timedelta(minutes=5)


@pytest.fixture
def home() -> Iterator[None]:
    """The agency's own zone is put back afterwards."""
    before = clock.home_zone().key
    yield
    clock.set_home_zone(before)


@settings(max_examples=figure(2000, 20_000), deadline=None)
@given(INSTANTS)
def test_an_instant_of_any_zone_comes_back_and_is_told_by_the_wall(moment: datetime) -> None:
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        stored = Instant().process_bind_param(moment, dialect)
        back = Instant().process_result_value(stored, dialect)
        assert back is not None and back.tzinfo is UTC
        assert back == moment.astimezone(UTC)
        wall = clock.local(back, moment.tzinfo)  # type: ignore[arg-type]
        # An hour that never was is told as the hour it became.
        assert wall.astimezone(UTC) == back
        real = moment.astimezone(UTC).astimezone(moment.tzinfo)
        assert (wall.date(), wall.hour, wall.minute) == (real.date(), real.hour, real.minute)


def test_instants_of_every_zone_come_back_from_the_database(app: Flask) -> None:
    moments = [
        datetime(1970 + n % 68, 1 + n % 12, 1 + n % 28, n % 24, n % 60, tzinfo=ZoneInfo(zone))
        for n, zone in enumerate(ZONES)
    ]
    with app.app_context():
        with unit():
            rows = [
                {"key": f"zone:{n}", "value": n, "valid_from": moment.date(), "set_at": moment}
                for n, moment in enumerate(moments)
            ]
            db.session.execute(insert(Setting), rows)
        found = db.session.execute(
            select(Setting.value, Setting.valid_from, Setting.set_at).where(Setting.key.like("zone:%")),
        ).all()
        db.session.rollback()
    assert len(found) == len(moments) > 400
    for n, day, moment in found:
        assert (day, moment) == (moments[n].date(), moments[n].astimezone(UTC)), ZONES[n]


def test_a_naive_instant_is_refused_everywhere() -> None:
    with pytest.raises(ValueError, match="aware"):
        Instant().process_bind_param(datetime(2027, 1, 1), sqlite.dialect())  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="zone"):
        words.clock(datetime(2027, 1, 1))  # noqa: DTZ001 - that is the point


def came(line: Line, zone: str, switch: date) -> Counter[datetime]:
    """When a line came due in the five weeks round a switch, on the wall, as a scheduler that looks on would notice."""
    clock.set_home_zone(zone)
    now = datetime.combine(switch - timedelta(days=17), time(), ZoneInfo(zone)).astimezone(UTC)
    ends, asked, found = now + timedelta(days=35), set(), Counter[datetime]()
    while (now := now + TICK) < ends:
        due = line.latest(now)
        if due is not None and line.period(due) not in asked:
            asked.add(line.period(due))
            # What was due before anybody looked belongs to no tick of ours.
            if now - due <= TICK:
                found[clock.local(due)] += 1
    return found


@pytest.mark.parametrize("zone", SWITCHES)
def test_every_monday_at_nine_comes_once_a_week_through_both_switches(home: None, zone: str) -> None:
    for switch in SWITCHES[zone]:
        found = came(Line("reports.draft_due", time(9), (0,)), zone, switch)
        days = [switch + timedelta(days=n) for n in range(-16, 18)]
        assert {wall.date() for wall in found} == {day for day in days if day.weekday() == 0}
        assert set(found.values()) == {1}
        assert {wall.time() for wall in found} == {time(9)}


@pytest.mark.parametrize("zone", SWITCHES)
@pytest.mark.parametrize("at", [time(0, 10), time(1, 45), time(2, 15), time(2, 30)])
def test_an_hour_that_is_skipped_or_comes_twice_counts_once(home: None, zone: str, at: time) -> None:
    for switch in SWITCHES[zone]:
        found = came(Line("smetas.expire", at), zone, switch)
        days = Counter(wall.date() for wall in found)
        assert set(days.values()) == {1}
        assert [day for day in (switch + timedelta(days=n) for n in range(-10, 11)) if day not in days] == []


def test_a_clock_that_jumps_and_a_scheduler_that_begins_anew_ask_once(app: Flask, home: None) -> None:
    clock.set_home_zone("Europe/Prague")
    line = Line("reports.draft_due", time(9), (0,))
    monday = datetime(2027, 3, 29, 9, 1, tzinfo=ZoneInfo("Europe/Prague"))
    rounds = Rounds({}, (line,))
    with app.app_context():
        number = named.seize("schedule")
        assert number is not None
        for jump in (0, 5, -61, 0, 60, 1, 24 * 60 - 5):
            for scheduler in (rounds, Rounds({}, (line,))):
                with clock.at(monday + timedelta(minutes=jump)):
                    scheduler._calendar(number)
        asked = db.session.scalars(select(Job).where(Job.name == line.job)).all()
        keys = [one.key for one in asked]
        db.session.rollback()
    assert len(keys) == 1, keys
