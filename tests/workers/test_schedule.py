"""The calendar: each line once a period, on the agency's own clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select, text
from sqlalchemy.exc import OperationalError

from agency.kit import clock
from agency.kit.db import db, unit
from agency.kit.queue import Job, named
from tests.faults import deeds
from workers import rounds
from workers.drain import drain
from workers.rounds import LEASE, Rounds
from workers.schedule import Line
from workers.tidying import clear_done_jobs, learn_tables


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Flask]:
    """An app of the kit alone."""
    app = deeds.small_app(deeds.settings(tmp_path))
    deeds.lay_tables(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["Europe/Prague", "Europe/Warsaw", "Europe/Moscow", "America/New_York", "Australia/Lord_Howe"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The agency in one of five zones."""
    before = clock.home_zone().key
    clock.set_home_zone(request.param)
    yield request.param
    clock.set_home_zone(before)


def _keys(job: str) -> list[str | None]:
    db.session.rollback()
    return list(db.session.scalars(select(Job.key).where(Job.name == job).order_by(Job.id)))


def test_a_monday_line_is_due_once_a_week_through_both_changes_of_the_clock(zone: str) -> None:
    line = Line("reports.draft", time(9), weekdays=(0,))
    found = set()
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    while instant < datetime(2027, 1, 1, tzinfo=UTC):
        if due := line.latest(instant):
            found.add((line.period(due), clock.local(due).hour))
        instant += timedelta(minutes=47)
    assert len(found) == 52
    assert {hour for _, hour in found} == {9}


def test_a_line_is_asked_for_once_a_period_by_however_many_schedulers(office: Flask) -> None:
    line = Line("deeds.daily", time(9))
    with clock.at(datetime(2026, 11, 23, 6, 30, tzinfo=UTC)):
        for _ in range(3):
            rounds = Rounds({}, (line,))
            rounds.turn()
            rounds.last.clear()
            rounds.turn()
            assert rounds.number
            named.let_go(LEASE, rounds.number)
        assert _keys("deeds.daily") == ["2026-11-23 09:00"]
        clock.pass_by(days=1)
        Rounds({}, (line,)).turn()
        assert _keys("deeds.daily") == ["2026-11-23 09:00", "2026-11-24 09:00"]


def test_a_line_missed_while_everything_was_off_is_made_up_within_a_day_and_once(office: Flask) -> None:
    with clock.at(datetime(2026, 11, 23, 20, tzinfo=UTC)):
        Rounds({}, (Line("deeds.daily", time(9)), Line("deeds.weekly", time(9), weekdays=(4,)))).turn()
    assert _keys("deeds.daily") == ["2026-11-23 09:00"]
    assert _keys("deeds.weekly") == []


def test_draining_does_everything_that_follows_in_this_process(office: Flask) -> None:
    with unit():
        for n in range(3):
            deeds.promise(n)
    assert drain(deeds.CONSEQUENCES) == {"done": 6}
    assert drain(deeds.CONSEQUENCES) == {}


def test_jobs_done_a_month_ago_are_forgotten_and_failed_ones_kept(office: Flask) -> None:
    long_ago = clock.now() - timedelta(days=31)
    with unit():
        for state in ("done", "failed"):
            db.session.add(Job(name=f"x.{state}", queue="quick", state=state, ended_at=long_ago, run_at=long_ago))
        db.session.add(Job(name="x.new", queue="quick", state="done", ended_at=clock.now()))
    with unit():
        clear_done_jobs()
    assert set(db.session.scalars(select(Job.name))) == {"x.failed", "x.new"}


def test_the_planner_learns_how_the_tables_have_grown(office: Flask) -> None:
    """Also where nearly all rows are in one state: that is what a few of them do not tell."""
    rows = [{"name": f"x.{n}", "queue": "quick", "state": "done" if n % 500 else "failed"} for n in range(9_000)]
    with unit():
        db.session.execute(insert(Job), rows)
    with unit():
        learn_tables()
    known = db.session.execute(text("SELECT stat FROM sqlite_stat1 WHERE idx = 'ix_jobs_state_run_at'")).scalar_one()
    every, in_one_state = map(int, known.split()[:2])
    assert every == 9_000
    assert in_one_state >= 3_000


def test_a_database_that_is_busy_for_long_is_said_once_and_ends_no_scheduler(
    office: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    turns = iter([True, True, True, False, True, False])

    def busy(_rounds: Rounds) -> None:
        if next(turns):
            raise OperationalError("BEGIN IMMEDIATE", None, RuntimeError("database is locked"))

    monkeypatch.setattr(Rounds, "turn", busy)
    monkeypatch.setattr(rounds, "PAUSE", 0)
    monkeypatch.setattr(rounds, "PULSE", 0)
    stops = iter([False] * 6 + [True])
    Rounds().run(lambda: next(stops))
    assert [record.message for record in caplog.records] == ["the database does not answer: database is locked"] * 2
