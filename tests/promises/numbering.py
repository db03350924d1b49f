"""One process of P15: takes numbers in units of its own, some of which it gives up, until there are enough."""

import random
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from agency.kit.db import db, setup, unit
from agency.kit.settings import Settings
from agency.people.agency import numbering

SERIES = "invoice:1:2026"
# A unit that stands in the line of writers for so long is refused whole, as a page would be; sooner is a fault of ours.
PATIENCE = 4.5
KEPT = "SELECT count(*) FROM kept"


def small(settings: Settings) -> Flask:
    """An app with the database alone, which is there at once."""
    app = Flask("small")
    app.config["SETTINGS"] = settings
    setup(app, settings.database_url)
    return app


def lay_table(app: Flask) -> None:
    """The table of documents: a row for each number that was given to one."""
    with app.app_context(), unit():
        db.session.execute(text("CREATE TABLE kept (number INTEGER NOT NULL)"))
        numbering.start_at(SERIES, 0)


def guarded(chance: random.Random) -> bool:
    """A document with the next number, as the product makes one; answers whether it was kept."""
    began = time.monotonic()
    try:
        with unit() as open_unit:
            _keep(numbering.take(SERIES))
            if chance.random() < 0.2:
                open_unit.abandon()
            return not open_unit.abandoned
    except OperationalError:
        if time.monotonic() - began < PATIENCE:
            raise
        return False


def unguarded(chance: random.Random) -> bool:
    """A document as a careless program makes one: the number is read in one transaction, written in another."""
    last = db.session.execute(text("SELECT last FROM counters WHERE series = :s"), {"s": SERIES}).scalar() or 0
    db.session.rollback()
    time.sleep(chance.uniform(0, 0.002))
    with unit():
        db.session.execute(text("UPDATE counters SET last = :n WHERE series = :s"), {"n": last + 1, "s": SERIES})
        _keep(last + 1)
    return True


def _keep(number: int) -> None:
    db.session.execute(text("INSERT INTO kept VALUES (:n)"), {"n": number})


def work(settings: Settings, seed: int, way: str, enough: Path) -> None:
    """Make documents until the file `enough` says that they are."""
    chance, make = random.Random(seed), unguarded if way == "unguarded" else guarded
    with small(settings).app_context():
        while not enough.exists():
            make(chance)
        db.session.remove()
        db.engine.dispose()
