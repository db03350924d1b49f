"""Doing one job: lease and attempt committed before the body, the result after it, fenced by the token."""

import logging
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy.exc import OperationalError

from agency.kit.db import db, db_reading, unit
from agency.kit.queue import leases, registry
from agency.kit.queue.leases import Held, Superseded
from agency.kit.states import Refused

log = logging.getLogger("agency.queue")

FINAL = (registry.GiveUp, Refused)


def perform(job_id: int) -> str:
    """Do the job if it is ready; answers done, later, again, failed or skipped."""
    try:
        held = leases.take(job_id)
    except OperationalError as error:
        # Nothing was taken, so nothing is lost: the sweeper rings again when the database answers.
        log.warning("job %s waits: the database does not answer (%s)", job_id, error.orig)
        return "skipped"
    if held is None:
        return "skipped"
    try:
        _run(held)
    except Superseded:
        log.warning("job %s (%s) was taken over; this try left no trace", job_id, held.name)
        return "skipped"
    except registry.Later as later:
        return _settle(held, partial(leases.put_back, held, later.seconds)) or "later"
    except Exception as error:
        log.warning("job %s (%s) attempt %s: %s", job_id, held.name, held.attempts, error, exc_info=error)
        final = isinstance(error, FINAL)
        state = _settle(held, partial(leases.fail, held, error, final=final))
        return "again" if state == "ready" else state or "skipped"
    finally:
        db.session.rollback()
    return "done"


def _run(held: Held) -> None:
    work = registry.find(held.name)
    if work is None:
        raise registry.GiveUp(f"There is no job called {held.name}.")
    if work.in_steps:
        _run_in_steps(held, work)
        return
    with unit():
        leases.finish(held)
        work.function(*held.args)


def _run_in_steps(held: Held, work: registry.Work) -> None:
    """Read, do the one step without a transaction, write; a job that yields nothing wanted nothing."""
    steps = work.function(*held.args)
    with closing(steps):
        with db_reading():
            wanted = list(islice(steps, 1))
        outcome = [step() for step in wanted]
        if db.session().in_transaction():
            raise RuntimeError(f"{held.name} touched the database in the step that must not")
        with unit():
            leases.finish(held)
            if wanted:
                _end(steps, outcome[0], held.name)


def _end(steps: Any, outcome: Any, name: str) -> None:
    try:
        steps.send(outcome)
    except StopIteration:
        return
    raise RuntimeError(f"{name} must yield once only")


def _settle(held: Held, write: Callable[[], str | None]) -> str | None:
    try:
        with unit():
            return write()
    except Superseded:
        log.warning("job %s (%s) was taken over while it failed here", held.job_id, held.name)
        return None
