"""Rows in bulk: batches of one table at a time, in the order of their references."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import insert, text

from agency.kit.db import Searched, db, db_reading, finding, unit

AT_ONCE = 10_000
CACHE_KIB = 262_144
Row = Mapping[str, Any]


def put(model: Any, rows: Iterable[Row]) -> int:
    """Insert rows of one table, each batch in a unit of its own; answers how many."""
    count = 0
    for batch in batches(rows):
        with unit():
            db.session.connection().execute(insert(model.__table__), batch)
            if issubclass(model, Searched):
                finding.keep_all(db.session.connection(), model, batch)
        count += len(batch)
    return count


def change(sql: str, rows: Iterable[Row]) -> None:
    """Run one statement for each row."""
    for batch in batches(rows):
        with unit():
            db.session.connection().execute(text(sql), batch)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in lists of a size that is quick to write."""
    source = iter(rows)
    while batch := list(islice(source, AT_ONCE)):
        yield batch


def roomy() -> None:
    """Let this process keep more of an SQLite database in memory while it fills it."""
    with db_reading():
        if db.engine.dialect.name == "sqlite":
            db.session.connection().exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIB}")
