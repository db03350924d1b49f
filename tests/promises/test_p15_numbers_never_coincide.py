"""P15: two numbers never coincide and none is skipped, whoever asks at the same time, gives up or is killed."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from agency.kit.db import db, unit
from agency.kit.settings import Settings
from tests.faults.office import until
from tests.figures import figure
from tests.forks import CONTEXT
from tests.promises import numbering as numbers

pytestmark = pytest.mark.slow
PROCESSES = 8
DOCUMENTS = figure(200, 1000) * PROCESSES
KILLS = figure(100, 2000)
LIMIT = figure(90, 3000)


@pytest.fixture
def own(settings: Settings, database_url: str) -> Settings:
    """The settings of eight processes on one database."""
    return replace(settings, database_url=database_url)


@pytest.fixture
def small(own: Settings) -> Iterator[Flask]:
    """The same database, as the test looks into it."""
    app = numbers.small(own)
    with app.app_context():
        with unit():
            db.metadata.create_all(db.session.connection(), tables=[db.metadata.tables["counters"]])
        numbers.lay_table(app)
        yield app
        db.session.remove()
        db.engine.dispose()


class Crowd:
    """Eight processes that make documents; whoever is killed is replaced."""

    def __init__(self, own: Settings, way: str, enough: Path) -> None:
        self.arguments = own, way, enough
        self.seeds = iter(range(10_000))
        self.running: list[Any] = [self.one() for _ in range(PROCESSES)]

    def one(self) -> Any:
        """One more process."""
        own, way, enough = self.arguments
        process = CONTEXT.Process(target=numbers.work, args=(own, next(self.seeds), way, enough))
        process.start()
        return process

    def kill(self, chance: random.Random) -> None:
        """Kill one at once and let another one take its place."""
        place = chance.randrange(PROCESSES)
        self.running[place].kill()
        self.running[place].join()
        self.running[place] = self.one()


@contextmanager
def crowd(own: Settings, way: str, enough: Path) -> Iterator[Crowd]:
    """The crowd at work; it is sent home at the end, and each one must have ended well."""
    working = Crowd(own, way, enough)
    try:
        yield working
    finally:
        enough.touch()
        for process in working.running:
            process.join(60)
    assert [process.exitcode for process in working.running] == [0] * PROCESSES


def kept() -> int:
    found = db.session.scalar(text(numbers.KEPT)) or 0
    db.session.rollback()
    return found


def given() -> list[int]:
    return list(db.session.scalars(text("SELECT number FROM kept ORDER BY number")))


@pytest.mark.on_both
def test_p15_sixteen_hundred_numbers_without_gap_or_pair_through_a_hundred_kills(
    own: Settings, small: Flask, tmp_path: Path,
) -> None:
    chance = random.Random(15)
    with crowd(own, "guarded", tmp_path / "enough") as working:
        for n in range(KILLS):
            # Spread over the whole work, however fast it goes.
            until("some more are made", lambda n=n: kept() >= n * DOCUMENTS // KILLS, LIMIT)
            working.kill(chance)
        until("enough are made", lambda: kept() >= DOCUMENTS, LIMIT)
    assert given() == list(range(1, len(given()) + 1))
    assert db.session.scalar(text("SELECT last FROM counters")) == len(given()) >= DOCUMENTS


@pytest.mark.on_both
def test_p15_control_without_the_lock_numbers_do_coincide(own: Settings, small: Flask, tmp_path: Path) -> None:
    with crowd(own, "unguarded", tmp_path / "enough"):
        until("a number was given twice", lambda: kept() > len(set(given())), LIMIT)
