"""`agency check`: every invariant, each broken one with the rows that break it."""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import exists, or_, select, text

from agency.entrypoints.cli.invariants import every
from agency.kit.db import KINDS, Searched, db, db_reading
from agency.kit.db.finding import Word, words_of
from agency.kit.queue import seals
from agency.kit.storage import StorageError, get

MOST, AT_ONCE = 20, 500


@dataclass(frozen=True)
class Broken:
    """An invariant that does not hold, and the rows that break it."""

    name: str
    says: str
    rows: tuple[str, ...]


def broken() -> list[Broken]:
    """What does not hold in the database the app is bound to; an empty list is good news."""
    found = []
    for one in every():
        rows = db.session.execute(text(one.sql)).fetchmany(MOST)
        if rows:
            found.append(Broken(one.name, one.says, tuple(f"{kind} {id_}" for kind, id_ in rows)))
    return [*found, *_integrity(), *_chain(), *_words(), *_files()]


def _integrity() -> list[Broken]:
    if db.engine.dialect.name != "sqlite":
        return []
    found = []
    if (answer := db.session.execute(text("PRAGMA integrity_check")).scalar()) != "ok":
        found.append(Broken("database.whole", "the database file is whole", (str(answer),)))
    if rows := db.session.execute(text("PRAGMA foreign_key_check")).fetchmany(MOST):
        found.append(
            Broken("database.references", "every reference points at a row", tuple(f"{r[0]} {r[1]}" for r in rows))
        )
    return found


def _chain() -> list[Broken]:
    broken_at = seals.verify().broken_at
    if broken_at is None:
        return []
    return [Broken("journal.chain", "the chain of facts is unbroken", (f"fact {broken_at}",))]


def _words() -> list[Broken]:
    """Records that ought to be found by their words and have none kept."""
    lost: list[str] = []
    for kind, model in sorted(KINDS.items()):
        if issubclass(model, Searched):
            kept = select(Word.row_id).where(Word.kind == kind, Word.row_id == model.id).correlate(model)
            said = or_(*(getattr(model, name).is_not(None) for name in model.SEARCHED_BY))
            rows = db.session.scalars(select(model).where(said, ~exists(kept)).execution_options(yield_per=AT_ONCE))
            lost += [f"{kind} {row.id}" for row in rows if words_of(row.searched())]
    return [Broken("search.words", "every record is found by its words", tuple(lost[:MOST]))] if lost else []


def _files() -> list[Broken]:
    rows = db.session.execute(
        text(
            "SELECT 'document', id, storage_key FROM documents WHERE state = 'ready' "
            "UNION ALL SELECT 'file', id, sha256 FROM files",
        )
    )
    lost = []
    for kind, id_, key in rows:
        try:
            get(key)
        except StorageError:
            lost.append(f"{kind} {id_}")
    return (
        [Broken("storage.bytes", "every document and file can be read, byte for byte", tuple(lost[:MOST]))]
        if lost
        else []
    )


def main(app: Flask, args: Sequence[str]) -> int:
    """Print what is broken and answer 1, or say that all is well and answer 0."""
    ArgumentParser(prog="agency check").parse_args(args)
    with app.app_context(), db_reading():
        found = broken()
        for one in found:
            print(f"{one.name}: it should hold that {one.says}; it does not for: {', '.join(one.rows)}")
        print(f"{len(every())} invariants checked, {len(found)} broken")
    return 1 if found else 0
