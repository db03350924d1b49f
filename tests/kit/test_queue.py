"""The queue: what a job may rely on, played in one process without a queue server."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError

from agency.kit import clock
from agency.kit.db import db, db_reading, unit
from agency.kit.queue import GiveUp, Job, Later, ask, asking, job, leases, named, owners, perform, place, seals, status
from agency.kit.queue.bell import bell
from agency.kit.states import Refused
from tests.faults import deeds
from workers import relay
from workers.rounds import Rounds

DONE: list[Any] = []
PARKED: list[Any] = []


@pytest.fixture(autouse=True)
def office(tmp_path: Path) -> Iterator[Flask]:
    """An app of the kit alone, with an address where no queue server answers."""
    app = deeds.small_app(deeds.settings(tmp_path))
    deeds.lay_tables(app)
    DONE.clear()
    PARKED.clear()
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@job("quick", name="test.note")
def _note(n: int) -> None:
    DONE.append(n)
    deeds._leave("note", n)


@job("quick", name="test.fail", when_failed=lambda error, n: PARKED.append((error, n)))
def _fail(n: int) -> None:
    deeds._leave("fail", n)
    raise ValueError(f"no\n  luck {n}")


@job("quick", name="test.refuse")
def _refuse() -> None:
    raise Refused("Not like this.")


@job("quick", name="test.give_up")
def _give_up() -> None:
    raise GiveUp("The picture is missing: upload it again.")


@job("quick", name="test.later")
def _later() -> None:
    raise Later(90)


@job("quick", name="test.steps")
def _steps(n: int) -> Iterator[Callable[[], int]]:
    before = db.session.execute(text("SELECT count(*) FROM effects")).scalar_one()

    def step() -> int:
        DONE.append(db.session().in_transaction())
        return n + 1

    got = yield step
    deeds._leave("steps", got + before)


@job("quick", name="test.touching")
def _touching() -> Iterator[Callable[[], Any]]:
    yield lambda: db.session.execute(text("SELECT 1")).scalar_one()


@job("quick", name="test.writes_while_reading")
def _writes_while_reading() -> Iterator[Callable[[], None]]:
    deeds._leave("too early", 1)
    yield lambda: None


def _asked(name: str, *args: Any, **kwargs: Any) -> int:
    with unit():
        return ask(name, *args, **kwargs)


def _row(job_id: int) -> Job:
    db.session.rollback()
    found = db.session.get(Job, job_id)
    assert found
    return found


def _effects() -> list[Any]:
    with db_reading():
        return [tuple(row) for row in db.session.execute(text("SELECT job, n FROM effects"))]


def test_a_job_is_done_once_however_often_the_bell_rings() -> None:
    job_id = _asked("test.note", 7)
    assert [perform(job_id), perform(job_id)] == ["done", "skipped"]
    assert _effects() == [("note", 7)]
    assert _row(job_id).state == "done"


def test_asked_for_again_a_job_is_rung_for_only_where_that_is_news(monkeypatch: Any) -> None:
    rung: list[str] = []
    monkeypatch.setattr(asking, "_tell", lambda ring: rung.append(ring.name))
    once, never = _asked("test.note", 7, key="daily"), _asked("test.give_up", key="picture-1")
    assert rung == ["test.note", "test.give_up"]
    for _time in range(3):
        assert _asked("test.note", 7, key="daily") == once
    assert perform(once) == "done"
    for _time in range(3):
        assert _asked("test.note", 7, key="daily") == once
    assert len(rung) == 2
    assert perform(never) == "failed"
    assert _asked("test.give_up", key="picture-1") == never
    assert rung[2:] == ["test.give_up"]


def test_a_job_is_not_asked_for_when_its_unit_is_rolled_back() -> None:
    with unit() as open_unit:
        ask("test.note", 1)
        open_unit.abandon()
    assert db.session.scalars(select(Job)).all() == []


def test_the_same_key_is_the_same_job_and_a_failed_one_is_made_ready_anew() -> None:
    first = _asked("test.give_up", key="picture-1")
    assert _asked("test.give_up", key="picture-1") == first
    assert perform(first) == "failed"
    assert _asked("test.give_up", key="picture-1") == first
    assert (_row(first).state, _row(first).attempts) == ("ready", 0)


def test_an_error_leaves_no_effect_and_waits_longer_each_time_until_it_is_parked() -> None:
    with clock.at(clock.now()):
        job_id = _asked("test.fail", 3)
        waits = []
        for _ in range(leases.MAX_ATTEMPTS - 1):
            assert perform(job_id) == "again"
            waits.append((_row(job_id).run_at - clock.now()).total_seconds())
            assert perform(job_id) == "skipped"
            clock.pass_by(seconds=waits[-1])
        assert perform(job_id) == "failed"
    for wait, meant in zip(waits, leases.AFTER_ERROR, strict=True):
        assert 0.8 * meant <= wait <= 1.2 * meant
    assert _effects() == []
    assert _row(job_id).error == "ValueError: no luck 3"
    assert PARKED == [("ValueError: no luck 3", 3)]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("test.give_up", "GiveUp: The picture is missing: upload it again."),
        ("test.refuse", "Refused: Not like this."),
        ("test.nobody_knows", "GiveUp: There is no job called test.nobody_knows."),
    ],
)
def test_what_cannot_get_better_is_parked_at_once(name: str, error: str) -> None:
    job_id = _asked(name)
    assert perform(job_id) == "failed"
    assert (_row(job_id).error, _row(job_id).attempts) == (error, 1)


def test_a_job_that_could_not_be_taken_from_a_busy_database_waits_for_the_next_ring(monkeypatch: Any) -> None:
    job_id = _asked("test.note", 6)
    with monkeypatch.context() as busy:
        locked = OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))
        busy.setattr(leases, "take", Mock(side_effect=locked))
        assert perform(job_id) == "skipped"
    assert (_row(job_id).state, _row(job_id).attempts) == ("ready", 0)
    assert perform(job_id) == "done"


def test_later_counts_no_attempt() -> None:
    with clock.at(clock.now()):
        job_id = _asked("test.later")
        for _ in range(10):
            assert perform(job_id) == "later"
            assert (_row(job_id).attempts, _row(job_id).run_at) == (0, clock.now() + timedelta(seconds=90))
            clock.pass_by(seconds=90)


def test_a_job_in_steps_reads_then_works_without_a_transaction_then_writes() -> None:
    assert perform(_asked("test.steps", 4)) == "done"
    assert DONE == [False]
    assert _effects() == [("steps", 5)]


def test_a_step_that_touches_the_database_is_an_error() -> None:
    job_id = _asked("test.touching")
    assert perform(job_id) == "again"
    assert "touched the database" in (_row(job_id).error or "")


def test_the_reading_part_of_a_job_cannot_write() -> None:
    assert perform(_asked("test.writes_while_reading")) == "again"
    assert _effects() == []


def test_a_sleeper_whose_lease_went_to_another_leaves_no_trace() -> None:
    job_id = _asked("test.note", 1)
    sleeper = leases.take(job_id)
    assert sleeper
    with unit():
        db.session.execute(update(Job).values(lease_until=clock.now() - timedelta(seconds=1), lease_owner="x"))
    assert leases.free_dead() == 1
    assert perform(job_id) == "done"
    with pytest.raises(leases.Superseded), unit():
        leases.finish(sleeper)
    assert _effects() == [("note", 1)]


def test_a_sleeper_cannot_end_a_job_that_another_one_is_doing() -> None:
    job_id = _asked("test.note", 1)
    sleeper = leases.take(job_id)
    assert sleeper
    with unit():
        db.session.execute(update(Job).values(lease_until=clock.now() - timedelta(seconds=1), lease_owner="x"))
    leases.free_dead()
    second = leases.take(job_id)
    assert second
    for late in (
        leases.finish,
        lambda held: leases.put_back(held, 1),
        lambda held: leases.fail(held, ValueError(), final=True),
    ):
        with pytest.raises(leases.Superseded), unit():
            late(sleeper)
    with unit():
        leases.finish(second)
    assert _row(job_id).state == "done"


def test_a_lease_of_a_living_process_is_left_alone() -> None:
    assert leases.take(_asked("test.note", 1))
    assert leases.free_dead() == 0


def test_a_process_is_told_from_another_one_that_got_its_number() -> None:
    me = owners.me()
    place_, pid, started = me.split("/")
    assert not owners.gone(me)
    assert owners.gone(f"{place_}/{pid}/{int(started) - 1}")
    assert not owners.gone(f"another-machine/{pid}/1")
    assert not owners.gone(None)


def test_no_request_waits_long_for_a_queue_server_that_is_away(office: Flask) -> None:
    began = clock.now()
    for n in range(50):
        _asked("test.note", n)
    # Fifty waits for the server would be fifteen seconds at least.
    assert (clock.now() - began).total_seconds() < 8
    assert bell().quiet_until > 0
    with db_reading():
        found = status()
    assert (found.server, found.waiting, found.failed) == (False, {"quick": 50}, 0)


def test_a_page_can_say_how_many_jobs_stand_before_one() -> None:
    with clock.at(clock.now()):
        ids = []
        for n in range(3):
            ids.append(_asked("test.note", n))
            clock.pass_by(seconds=1)
        assert [place(_row(job_id)) for job_id in ids] == [0, 1, 2]


def test_a_fact_starts_its_consequences_once() -> None:
    with unit():
        deeds.promise(5)
    number = named.seize("schedule")
    assert number
    assert relay.relay("schedule", number, deeds.CONSEQUENCES) == 1
    assert relay.relay("schedule", number, deeds.CONSEQUENCES) == 0
    jobs = [(row.name, row.args, row.fact_id) for row in db.session.scalars(select(Job).order_by(Job.name))]
    assert jobs == [("deeds.fetch_and_write", [5], 1), ("deeds.write", [5], 1)]


def test_a_relay_that_lost_its_lease_starts_nothing() -> None:
    old = named.seize("schedule")
    assert old
    named.let_go("schedule", old)
    assert named.seize("schedule") == old + 1
    with unit():
        deeds.promise(5)
    with pytest.raises(leases.Superseded):
        relay.relay("schedule", old, deeds.CONSEQUENCES)
    db.session.rollback()
    assert db.session.scalars(select(Job)).all() == []


def test_of_two_schedulers_one_works() -> None:
    one, two = Rounds({}, ()), Rounds({}, ())
    one.turn()
    two.turn()
    assert (one.number, two.number) == (1, None)


def test_a_job_asked_where_it_is_unknown_is_put_into_its_queue_by_the_scheduler() -> None:
    job_id = _asked("test.note", 1)
    with unit():
        db.session.execute(update(Job).values(queue=""))
    Rounds({}, ()).turn()
    assert _row(job_id).queue == "quick"


@pytest.mark.parametrize(
    ("damage", "found_at"),
    [
        (["UPDATE facts SET actor_id = 7 WHERE id = 4"], 4),
        (["DELETE FROM seals WHERE fact_id = 4", "DELETE FROM facts WHERE id = 4"], 5),
        (["DELETE FROM seals WHERE fact_id = 4"], 4),
        (["UPDATE seals SET hash = '0' WHERE fact_id = 8"], 8),
    ],
)
def test_a_change_of_the_journal_is_found_at_its_place(damage: list[str], found_at: int) -> None:
    for n in range(8):
        with unit():
            deeds.promise(n)
    with unit():
        assert seals.seal_new() == 8
    with unit():
        deeds.promise(9)
    with db_reading():
        assert seals.verify() == seals.Chain(8, 1, None)
    with unit():
        for table in ("facts", "seals"):
            for verb in ("update", "delete"):
                db.session.execute(text(f"DROP TRIGGER {table}_frozen_{verb}"))
        for statement in ["DELETE FROM outbox", *damage]:
            db.session.execute(text(statement))
    with db_reading():
        assert seals.verify().broken_at == found_at
