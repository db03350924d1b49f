"""A job may be run again, or find its rows gone: nothing happens twice, and nothing breaks."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from agency.kit.db import db, db_reading, unit
from agency.kit.pdf import Rendered
from agency.kit.queue import Job, registry
from tests.walk.stage import every_door, lived, twins
from workers import documents
from workers.drain import drain
from workers.loading import load_jobs

__all__ = ["every_door", "lived", "twins"]

# What a job is about is no number here.
WORDS = {"day": "2026-01-01"}
# Looks for what nobody needs any more, whoever asks.
TIDYING = ("files.tidy",)


def run(function: Callable[..., Any], *args: Any) -> bool:
    """Do a job by hand; answers whether it wanted to do something outside the database."""
    if not inspect.isgeneratorfunction(function):
        with unit():
            function(*args)
        return False
    steps = function(*args)
    with db_reading():
        wanted = next(steps, None)
    return wanted is not None


def rows() -> dict[str, int]:
    """How many rows each table has."""
    found = {table.name: db.session.scalar(db.select(db.func.count()).select_from(table)) or 0
             for table in db.metadata.sorted_tables}
    db.session.rollback()
    return found


def ours() -> dict[str, registry.Work]:
    """The jobs of the product: other tests may have registered deeds of their own in this process."""
    return {
        name: work for name, work in registry.known().items() if work.function.__module__.startswith("workers.")
    }


@pytest.mark.parametrize("id", [0, -1, 10**8])
def test_a_job_whose_rows_are_gone_has_nothing_to_do(app: Flask, twins: Any, id: int) -> None:
    load_jobs()
    assert len(ours()) > 15
    with app.app_context():
        before = rows()
        for name, work in ours().items():
            asked = inspect.signature(work.function).parameters
            if asked and name not in TIDYING:
                assert not run(work.function, *(WORDS.get(one, id) for one in asked)), name
        assert rows() == before


def test_a_job_that_is_done_again_does_nothing_more(app: Flask, twins: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents.paper, "draw", lambda *_args: Rendered(b"%PDF-1.7 drawn", 1))
    with app.app_context():
        assert drain()["failed"] == 0
        done = db.session.execute(db.select(Job.name, Job.args).where(Job.state == "done")).all()
        before = rows()
        for name, args in done:
            work = registry.find(name)
            assert work is not None
            assert not run(work.function, *args) or name in TIDYING, name
            assert rows() == before, name
    assert len({name for name, _args in done}) > 8
