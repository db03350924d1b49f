"""Units of work: reading is read-only by force, writing is one immediate transaction."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from agency.kit.db.base import db
from agency.kit.db.line import in_line

_writing: ContextVar[bool] = ContextVar("db_writing", default=False)
_alone: ContextVar[bool] = ContextVar("db_alone", default=False)
_afterwards: ContextVar[list[Callable[[], None]] | None] = ContextVar("db_afterwards", default=None)
# One writer a process: threads queue here, and processes in their line, instead of racing for SQLite's file lock.
_turn = threading.Lock()
PATIENCE = 10.0


def writing() -> bool:
    """Whether the running code is inside a unit that may write."""
    return _writing.get()


def alone() -> bool:
    """Whether the running code is inside a unit, beside which no other unit may run."""
    return _alone.get()


@contextmanager
def db_reading() -> Iterator[None]:
    """A read-only stretch; the session is given back clean at its end."""
    try:
        yield
    finally:
        db.session.rollback()


class Unit:
    """The open unit; `abandon()` makes it end without a trace."""

    abandoned = False

    def abandon(self) -> None:
        """Roll back instead of committing when the block ends."""
        self.abandoned = True


@contextmanager
def unit() -> Iterator[Unit]:
    """One transaction that may write: committed when the block ends well, else rolled back."""
    if _writing.get():
        raise RuntimeError("a unit of work cannot hold another one")
    db.session.rollback()
    afterwards: list[Callable[[], None]] = []
    open_unit = Unit()
    with _turn_on_sqlite():
        marks = _writing.set(True), _alone.set(True), _afterwards.set(afterwards)
        try:
            yield open_unit
            if open_unit.abandoned:
                db.session.rollback()
            else:
                db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _writing.reset(marks[0])
            _alone.reset(marks[1])
            _afterwards.reset(marks[2])
    if not open_unit.abandoned:
        for step in afterwards:
            step()


@contextmanager
def aside() -> Iterator[Session]:
    """A short unit of its own for what must stay even when the main one is refused.

    Used for session touches, guess counters, openings and refusals; never inside `unit()`. On PostgreSQL it runs
    beside units and other asides, so each statement in it must be right by itself.
    """
    if _writing.get():
        raise RuntimeError("aside() must not run inside a unit of work")
    db.session.rollback()
    with _turn_on_sqlite():
        mark = _writing.set(True)
        try:
            with Session(db.engine) as session, session.begin():
                yield session
        finally:
            _writing.reset(mark)


def after_commit(step: Callable[[], None]) -> None:
    """Run `step` once the open unit has been committed; dropped when it is rolled back."""
    steps = _afterwards.get()
    if steps is None:
        raise RuntimeError("after_commit needs an open unit of work")
    steps.append(step)


@contextmanager
def _turn_on_sqlite() -> Iterator[None]:
    if db.engine.dialect.name != "sqlite":
        yield
        return
    turn = _turn
    if not turn.acquire(timeout=PATIENCE):
        raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
    try:
        with in_line(db.engine.url.database):
            yield
    finally:
        turn.release()


def forget_turn() -> None:
    """Take a fresh lock after a fork: a thread of the parent may have held the old one."""
    global _turn  # noqa: PLW0603 - the one lock of this process
    _turn = threading.Lock()
