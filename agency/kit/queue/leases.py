"""Leases on jobs: taken before the body, and every result is written only by the token that holds."""

import logging
import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import func, select, update
from sqlalchemy.engine import CursorResult

from agency.kit import clock, ids
from agency.kit.db import db, unit
from agency.kit.queue import owners, registry
from agency.kit.queue.models import Job

log = logging.getLogger("agency.queue")

MAX_ATTEMPTS = 5
# Seconds before the next attempt, after an error and after a death. A process that died is mostly
# not the job's fault, so its first repeat comes at once.
AFTER_ERROR = (10, 60, 360, 2160)
AFTER_DEATH = (0, 10, 20, 40)
# A lease outlives the longest body by this much, so it never needs to be renewed: RQ ends the body
# at its limit, a dead owner on this machine is noticed at once, and the token fences off a sleeper.
MARGIN = 30
SENTENCE = 300


class Superseded(Exception):
    """Another process holds this job by now; whatever was done here is rolled back."""


@dataclass(frozen=True)
class Held:
    """A lease on one job."""

    job_id: int
    token: str
    name: str
    args: tuple[Any, ...]
    attempts: int


def instant() -> datetime:
    """The present by the database's clock, so that machines need not agree on the time; a held clock holds it too."""
    if clock.is_held() or db.engine.dialect.name == "sqlite":
        return clock.now()
    found: datetime = db.session.execute(select(func.clock_timestamp())).scalar_one()
    return found


def take(job_id: int) -> Held | None:
    """Lease a ready job in a unit of its own, the attempt already counted; None when it is not ready."""
    with unit():
        now = instant()
        row = db.session.get(Job, job_id)
        if row is None or row.state != "ready" or row.run_at > now:
            return None
        work = registry.find(row.name)
        token = _lease(job_id, now + timedelta(seconds=(work.limit if work else 0) + MARGIN))
        return Held(job_id, token, row.name, tuple(row.args), row.attempts + 1) if token else None


def _lease(job_id: int, until: datetime) -> str | None:
    token = ids.short()
    taken = changed(
        update(Job).where(Job.id == job_id, Job.state == "ready"),
        state="leased",
        attempts=Job.attempts + 1,
        lease_token=token,
        lease_owner=owners.me(),
        lease_until=until,
    )
    return token if taken else None


def rehearse() -> None:
    """Take and finish a job that is not there: processes forked from this one then know the statements by heart."""
    take(0)
    with suppress(Superseded), unit():
        _lease(0, instant())
        finish(Held(0, "", "", (), 0))


def finish(held: Held) -> None:
    """Mark the job done in the open unit; raises Superseded when the lease is no longer ours."""
    _write(held, state="done", ended_at=instant(), error=None)


def put_back(held: Held, seconds: float) -> None:
    """Make the job ready again later, as if it had not been tried."""
    _write(held, state="ready", attempts=held.attempts - 1, run_at=instant() + timedelta(seconds=seconds))


def fail(held: Held, error: BaseException, *, final: bool) -> str:
    """Note what went wrong: ready again after a wait, or parked; answers the new state."""
    said = " ".join(str(error).split())
    return _after(held, f"{type(error).__name__}: {said}"[:SENTENCE], AFTER_ERROR, final=final)


def free_dead() -> int:
    """Free the leases whose owner died or overslept, each in a unit of its own; answers how many."""
    query = select(Job.id, Job.lease_token, Job.name, Job.args, Job.attempts, Job.lease_owner, Job.lease_until)
    now = instant()
    found = db.session.execute(query.where(Job.state == "leased")).all()
    db.session.rollback()
    freed = 0
    for job_id, token, name, args, attempts, owner, until in found:
        if not (owners.gone(owner) or until is None or until < now):
            continue
        held = Held(job_id, token or "", name, tuple(args), attempts)
        try:
            with unit():
                _after(held, "The process that did this job died.", AFTER_DEATH, final=False)
                freed += 1
        except Superseded:
            continue
    return freed


def _after(held: Held, error: str, waits: tuple[int, ...], *, final: bool) -> str:
    if final or held.attempts >= MAX_ATTEMPTS:
        _write(held, state="failed", error=error, ended_at=instant())
        _tell(held, error)
        return "failed"
    wait = waits[held.attempts - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, no secret
    _write(held, state="ready", error=error, run_at=instant() + timedelta(seconds=wait))
    return "ready"


def _tell(held: Held, error: str) -> None:
    work = registry.find(held.name)
    if work is None or work.when_failed is None:
        return
    try:
        with db.session.begin_nested():
            work.when_failed(error, *held.args)
    except Exception:
        # Deliberately any fault of what a room wrote: the job is parked all the same, and must not keep coming back
        # because of what should follow. The trace goes into the log, and only the savepoint is lost.
        log.exception("job %s (%s) is parked, but what should follow failed", held.job_id, held.name)


def _write(held: Held, **values: Any) -> None:
    mine = update(Job).where(Job.id == held.job_id, Job.state == "leased", Job.lease_token == held.token)
    if not changed(mine, **values, lease_token=None, lease_owner=None, lease_until=None):
        raise Superseded(f"job {held.job_id}")


def changed(statement: Any, **values: Any) -> bool:
    """Whether an update of one row, with these values, found its row."""
    done = db.session.execute(statement.values(**values).execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount == 1
