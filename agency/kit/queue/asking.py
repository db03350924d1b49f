"""Asking for a job inside the open unit of work."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from agency.kit import clock
from agency.kit.db import after_commit, db
from agency.kit.queue import registry
from agency.kit.queue.bell import Ring, bell
from agency.kit.queue.models import Job


def ask(
    name: str,
    *args: Any,
    key: str | None = None,
    run_at: datetime | None = None,
    fact_id: int | None = None,
) -> int:
    """Write a job row in the open unit and ring once it is committed; answers the row's id.

    With a `key` the job exists once: asking again answers the same row, made ready anew if it had
    failed. Arguments are ids and plain words only. Raises RuntimeError outside a unit of work.
    """
    found = _existing(name, key, fact_id) or _insert(name, args, key, run_at, fact_id)
    job_id, queue, is_news = found or _existing(name, key, fact_id) or (0, "", False)
    if is_news and queue and (run_at is None or run_at <= clock.now()):
        ring = Ring(job_id, queue, name)
        after_commit(lambda: _tell(ring))
    return job_id


def _existing(name: str, key: str | None, fact_id: int | None) -> tuple[int, str, bool] | None:
    """The row there is, its queue, and whether that is news to the workers.

    They were told of a row when it was made, and the sweeper tells them again: each ring for one that waits already,
    or is done, would be another process for nothing.
    """
    if key is None and fact_id is None:
        return None
    same = (Job.name == name, Job.key == key if key is not None else Job.fact_id == fact_id)
    row = db.session.execute(select(Job.id, Job.queue, Job.state).where(*same)).first()
    if row is None:
        return None
    revives = row.state == "failed" and fact_id is None
    if revives:
        again = update(Job).where(Job.id == row.id, Job.state == "failed")
        db.session.execute(again.values(state="ready", attempts=0, run_at=clock.now(), error=None, ended_at=None))
    return row.id, row.queue, revives


def _insert(
    name: str,
    args: tuple[Any, ...],
    key: str | None,
    run_at: datetime | None,
    fact_id: int | None,
) -> tuple[int, str, bool] | None:
    work = registry.find(name)
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    now = clock.now()
    row = dialect.insert(Job).values(
        name=name,
        args=list(args),
        key=key,
        fact_id=fact_id,
        queue=work.queue if work else "",
        state="ready",
        attempts=0,
        created_at=now,
        run_at=run_at or now,
    )
    made = db.session.execute(row.on_conflict_do_nothing().returning(Job.id, Job.queue)).first()
    return None if made is None else (made.id, made.queue, True)


def _tell(ring: Ring) -> None:
    bell().ring([ring])
