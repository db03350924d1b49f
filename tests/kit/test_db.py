"""Reading cannot write, writing is one unit, and exact values come back exactly."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from sqlite3 import OperationalError, ProgrammingError
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from agency.kit.db import Instant, Json, Scaled, after_commit, aside, db, unit, writing
from agency.kit.db.engine import BY_TURNS
from agency.people.agency.models import Setting
from agency.people.clients.models import Client
from tests.cast import Cast


def rename(cast: Cast, name: str) -> None:
    client = db.session.get(Client, cast.hedgehog)
    assert client is not None
    client.name = name


def name_now(cast: Cast) -> str:
    db.session.rollback()
    return db.session.scalars(select(Client.name).where(Client.id == cast.hedgehog)).one()


@pytest.mark.on_both
def test_outside_a_unit_nothing_can_be_written(context: None, cast: Cast) -> None:
    rename(cast, "Злой Ёж")
    with pytest.raises(DBAPIError, match=r"read-?only"):
        db.session.flush()
    assert name_now(cast) == "Тёплый Ёж"


@pytest.mark.on_both
def test_a_unit_is_kept_when_it_ends_well_and_gone_when_it_does_not(context: None, cast: Cast) -> None:
    with unit():
        rename(cast, "Один")
    assert name_now(cast) == "Один"
    with pytest.raises(ZeroDivisionError), unit():
        rename(cast, "Два")
        db.session.flush()
        raise ZeroDivisionError
    assert name_now(cast) == "Один"
    with unit() as open_unit:
        rename(cast, "Три")
        open_unit.abandon()
    assert name_now(cast) == "Один"
    assert not writing()


def test_who_reads_and_who_writes_keep_to_connections_of_their_own(context: None, cast: Cast) -> None:
    said: list[str] = []
    reads, writes = set(), set()
    for write in (False, True, False, True, False):
        if write:
            with unit():
                driver: Any = db.session.connection().connection.driver_connection
                driver.set_trace_callback(said.append)
                rename(cast, "Один")
            writes.add(driver)
        else:
            assert name_now(cast)
            driver = db.session.connection().connection.driver_connection
            driver.set_trace_callback(said.append)
            reads.add(driver)
    assert (len(reads), len(writes)) == (1, 1)
    assert reads.isdisjoint(writes)
    # SQLite forgets at a pragma how it answers what it was asked before.
    assert not [text for text in said if text.startswith("PRAGMA")]
    assert [text for text in said if text.startswith("BEGIN")] == ["BEGIN", "BEGIN IMMEDIATE", "BEGIN"]
    rename(cast, "Злой Ёж")
    with pytest.raises(DBAPIError, match=r"read-?only"):
        db.session.flush()


@pytest.fixture
def patience(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Lets readers wait for so many seconds until the test ends."""

    def wait(seconds: float) -> None:
        monkeypatch.setitem(BY_TURNS, "timeout", seconds)
        with app.app_context():
            db.engine.dispose()

    yield wait
    monkeypatch.undo()
    with app.app_context():
        db.engine.dispose()


def test_readers_take_turns_at_one_connection(app: Flask, cast: Cast, patience: Callable[[float], None]) -> None:
    patience(30)
    drivers: set[Any] = set()
    many = [Thread(target=read, args=(app, cast, drivers)) for _ in range(8)]
    for one in many:
        one.start()
    for one in many:
        one.join(30)
    assert len(drivers) == 1


def test_who_waits_in_vain_for_a_turn_takes_a_further_connection(
    app: Flask, cast: Cast, patience: Callable[[float], None]
) -> None:
    patience(0.1)
    drivers: set[Any] = set()
    further: set[Any] = set()
    has_read, over = Event(), Event()
    long = Thread(target=read, args=(app, cast, drivers, lambda: has_read.set() or over.wait(30)))
    long.start()
    has_read.wait(30)
    read(app, cast, further)
    over.set()
    long.join(30)
    assert (len(drivers), len(further)) == (1, 1)
    assert further.isdisjoint(drivers)
    with pytest.raises(OperationalError, match="readonly"):
        further.pop().execute("DELETE FROM clients")


def read(app: Flask, cast: Cast, drivers: set[Any], stay: Callable[[], object] = bool) -> None:
    """Read as a request does, staying for as long as it may take; note which connection it was."""
    with app.app_context():
        assert name_now(cast)
        drivers.add(db.session.connection().connection.driver_connection)
        stay()


def test_small_tables_of_a_question_never_move_to_a_file(context: None, cast: Cast) -> None:
    def kept() -> int:
        found = db.session.connection().connection.driver_connection
        assert found is not None
        return int(found.execute("PRAGMA temp_store").fetchone()[0])

    name_now(cast)
    reading = kept()
    with unit():
        writing = kept()
    assert (reading, writing) == (2, 2)


def test_both_kinds_of_connections_are_closed_at_once(context: None, cast: Cast) -> None:
    drivers: list[Any] = []
    with unit():
        rename(cast, "Один")
        drivers.append(db.session.connection().connection.driver_connection)
    assert name_now(cast)
    drivers.append(db.session.connection().connection.driver_connection)
    db.session.remove()
    db.engine.dispose()
    for driver in drivers:
        with pytest.raises(ProgrammingError, match="closed database"):
            driver.execute("SELECT 1")


def test_a_unit_cannot_hold_another_or_an_aside(context: None) -> None:
    with unit():
        with pytest.raises(RuntimeError), unit():
            pass
        with pytest.raises(RuntimeError), aside():
            pass


def test_what_follows_a_commit_is_dropped_with_the_unit(context: None, cast: Cast) -> None:
    done: list[str] = []
    with unit():
        after_commit(lambda: done.append("kept"))
        assert done == []
    with unit() as open_unit:
        after_commit(lambda: done.append("dropped"))
        open_unit.abandon()
    assert done == ["kept"]
    with pytest.raises(RuntimeError):
        after_commit(lambda: None)


@pytest.mark.on_both
def test_an_aside_stays_whatever_becomes_of_the_rest(context: None) -> None:
    with aside() as session:
        session.add(Setting(key="noted", value=1, valid_from=datetime.now(UTC).date(), set_at=datetime.now(UTC)))
    assert db.session.scalars(select(Setting.value).where(Setting.key == "noted")).one() == 1


@pytest.mark.on_both
def test_the_second_of_two_editors_is_refused(app: Flask, context: None, cast: Cast) -> None:
    with pytest.raises(StaleDataError), unit():
        rename(cast, "Мой")
        client = db.session.get(Client, cast.hedgehog)
        assert client is not None
        db.session.connection().exec_driver_sql("UPDATE clients SET version = version + 1")
        db.session.flush()


@pytest.mark.parametrize("value", ["0", "18.4", "0.0001", "-12.5", "2800", "99999999999.9999"])
def test_scaled_numbers_come_back_exactly(app: Flask, value: str) -> None:
    column = Scaled()
    stored = column.process_bind_param(Decimal(value), None)  # type: ignore[arg-type]
    assert isinstance(stored, int)
    assert column.process_result_value(stored, None) == Decimal(value)  # type: ignore[arg-type]


def test_scaled_numbers_refuse_floats_and_fifth_places() -> None:
    with pytest.raises(TypeError):
        Scaled().process_bind_param(0.1, None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="four"):
        Scaled().process_bind_param(Decimal("0.00001"), None)  # type: ignore[arg-type]


def test_instants_are_kept_in_utc_and_naive_ones_refused(app: Flask) -> None:
    with app.app_context():
        dialect = db.engine.dialect
    prague = datetime(2026, 12, 18, 16, 0, tzinfo=timezone(timedelta(hours=1)))
    stored = Instant().process_bind_param(prague, dialect)
    assert Instant().process_result_value(stored, dialect) == datetime(2026, 12, 18, 15, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="aware"):
        Instant().process_bind_param(datetime(2026, 12, 18), dialect)  # noqa: DTZ001 - the naive one is the point


def test_json_is_the_same_text_whatever_the_order() -> None:
    one = Json().process_bind_param({"б": 1, "а": [2]}, None)  # type: ignore[arg-type]
    other = Json().process_bind_param({"а": [2], "б": 1}, None)  # type: ignore[arg-type]
    assert one == other == '{"а":[2],"б":1}'
