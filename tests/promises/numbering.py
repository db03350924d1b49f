"""One process of P15: takes numbers in units of its own, some of which it gives up."""

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from agency.app import create_app
from agency.kit.db import db, unit
from agency.kit.settings import Settings
from agency.people.agency import numbering

SERIES = "invoice:1:2026"


def settings_in(data: Path) -> Settings:
    """Settings of an installation in a folder."""
    return Settings(
        url="http://localhost", host="127.0.0.1", port=0, data=data, secret_key="a secret for tests only, long",
        database_url=f"sqlite:///{data}/agency.db", redis_url="", storage_url="", smtp_url="",
        mail_from="a@agency.example", timezone="Europe/Moscow", testing=True,
    )


def guarded() -> int:
    """The next number, as the product takes it."""
    return numbering.take(SERIES)


def unguarded() -> int:
    """The next number as a careless program takes it: read in one transaction, written in another."""
    last = db.session.execute(text("SELECT last FROM counters WHERE series = :s"), {"s": SERIES}).scalar() or 0
    db.session.rollback()
    with unit():
        db.session.execute(text("UPDATE counters SET last = :n WHERE series = :s"), {"n": last + 1, "s": SERIES})
    return last + 1


def keep(seed: int, count: int, take: Callable[[], int]) -> list[int]:
    """Take `count` numbers, giving some units up on the way, and answer those that were kept."""
    chance = random.Random(seed)
    kept: list[int] = []
    while len(kept) < count:
        if take is unguarded:
            kept.append(take())
            continue
        with unit() as open_unit:
            number = take()
            if chance.random() < 0.2:
                open_unit.abandon()
                continue
        kept.append(number)
    return kept


def main(data: Path, seed: int, count: int, way: str) -> list[int]:
    """The same as a process of its own."""
    with create_app(settings_in(data)).app_context():
        return keep(seed, count, unguarded if way == "unguarded" else guarded)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])))
