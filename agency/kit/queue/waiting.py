"""Which jobs are due, for whoever rings: the scheduler's quick look, its sweep, and a drain by hand."""

from datetime import datetime

from sqlalchemy import Select, select, update

from agency.kit.db import db
from agency.kit.queue import registry
from agency.kit.queue.bell import Ring, bell
from agency.kit.queue.leases import instant
from agency.kit.queue.models import Job

AT_ONCE = 500


def due(queue: str) -> list[Ring]:
    """The ready jobs of a queue whose time has come, oldest first."""
    query = _ready().where(Job.queue == queue, Job.run_at <= instant())
    return [Ring(*row) for row in db.session.execute(query.order_by(Job.run_at, Job.id).limit(AT_ONCE))]


def came_due(since: datetime, until: datetime) -> list[Ring]:
    """Jobs put off earlier that came due between two looks; those asked for at once were rung at once."""
    query = _ready().where(Job.run_at > since, Job.run_at <= until, Job.run_at > Job.created_at)
    return [Ring(*row) for row in db.session.execute(query.limit(AT_ONCE))]


def unrouted() -> list[tuple[int, str]]:
    """Jobs asked for by a process that did not know which queue they belong to."""
    query = select(Job.id, Job.name).where(Job.state == "ready", Job.queue == "").limit(AT_ONCE)
    return [(row.id, row.name) for row in db.session.execute(query)]


def route(found: list[tuple[int, str]]) -> list[Ring]:
    """Put unrouted jobs into their queues, in the open unit; an unknown job goes to the quick one to fail."""
    rings = []
    for job_id, name in found:
        work = registry.find(name)
        rings.append(Ring(job_id, work.queue if work else "quick", name))
        lost = update(Job).where(Job.id == job_id, Job.queue == "")
        db.session.execute(lost.values(queue=rings[-1].queue).execution_options(synchronize_session=False))
    return rings


def ring_again(missed_before: frozenset[int]) -> frozenset[int]:
    """Ring for due jobs that no queue was told about at this look and the one before.

    A job that a worker has just taken out of its queue and not leased yet is missing only once.
    Answers the jobs missing now.
    """
    missing: list[Ring] = []
    for queue in registry.QUEUES:
        mine = due(queue)
        db.session.rollback()
        told = bell().waiting(queue) if mine else set()
        missing += [one for one in mine if told is not None and one.job_id not in told]
    again = [one for one in missing if one.job_id in missed_before]
    if again:
        bell().ring(again)
    return frozenset(one.job_id for one in missing)


def _ready() -> Select[int, str, str]:
    return select(Job.id, Job.queue, Job.name).where(Job.state == "ready", Job.queue != "")
