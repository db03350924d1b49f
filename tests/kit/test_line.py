"""Writers of an SQLite file write in the order they came, and nobody's death or sleep shuts the others out."""

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from agency.kit.db import unit, units
from agency.kit.db.line import in_line


def apart(act: Callable[[], None]) -> int:
    """Do it in a process of its own; its id."""
    child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(0)
    return child


def sleeping(database: Path) -> int:
    """A process that holds its place and does nothing."""
    def act() -> None:
        with in_line(str(database)):
            (database.parent / "in").touch()
            time.sleep(60)

    child = apart(act)
    while not (database.parent / "in").exists():
        time.sleep(0.005)
    return child


def waiting(database: Path, name: str) -> Callable[[], None]:
    def act() -> None:
        with in_line(str(database)), (database.parent / "order").open("a") as order:
            order.write(name)
            time.sleep(0.01)

    return act


def test_writers_of_several_processes_write_in_the_order_they_came(tmp_path: Path) -> None:
    database, children = tmp_path / "agency.db", []
    with in_line(str(database)):
        for name in "abcdef":
            children.append(apart(waiting(database, name)))
            time.sleep(0.02)
    for child in children:
        os.waitpid(child, 0)
    assert (tmp_path / "order").read_text() == "abcdef"


def test_a_writer_that_is_killed_leaves_the_line(tmp_path: Path) -> None:
    database = tmp_path / "agency.db"
    child = sleeping(database)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    began = time.monotonic()
    with in_line(str(database), courtesy=60):
        assert time.monotonic() - began < 30


def test_a_writer_that_fell_asleep_keeps_nobody_for_long(tmp_path: Path) -> None:
    database = tmp_path / "agency.db"
    child = sleeping(database)
    began = time.monotonic()
    with in_line(str(database), courtesy=0.1):
        assert 0.1 <= time.monotonic() - began < 30
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_where_no_file_can_be_made_the_database_alone_decides(tmp_path: Path) -> None:
    with in_line(str(tmp_path / "nowhere" / "agency.db")), in_line(None), in_line(":memory:"):
        assert not list(tmp_path.iterdir())


def test_a_thread_that_waits_too_long_for_its_turn_is_told_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "PATIENCE", 0.05)
    told: list[BaseException | None] = []

    def write() -> None:
        with app.app_context():
            try:
                with unit():
                    pass
            except OperationalError as busy:
                told.append(busy.orig)

    with app.app_context(), unit():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert isinstance(told[0], sqlite3.OperationalError)
