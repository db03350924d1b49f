"""What pages may say about the queue: is it there, how much waits, how long is the line before a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from agency.kit import clock
from agency.kit.db import db
from agency.kit.queue.bell import bell
from agency.kit.queue.models import Job


@dataclass(frozen=True)
class Status:
    """The queue at this moment; `oldest` is when the longest-waiting due job became due."""

    server: bool
    waiting: Mapping[str, int]
    running: int
    failed: int
    oldest: datetime | None


def status() -> Status:
    """How the queue is; never waits longer than the bell's own timeout."""
    counted = select(Job.queue, Job.state, func.count()).where(Job.state != "done").group_by(Job.queue, Job.state)
    rows = [tuple(row) for row in db.session.execute(counted)]
    due = select(func.min(Job.run_at)).where(Job.state == "ready", Job.run_at <= clock.now())
    return Status(
        server=bell().answers(),
        waiting={queue: number for queue, state, number in rows if state == "ready"},
        running=sum(number for _, state, number in rows if state == "leased"),
        failed=sum(number for _, state, number in rows if state == "failed"),
        oldest=db.session.scalar(due),
    )


def place(job: Job) -> int:
    """How many jobs stand before this one in its queue; 0 when it runs or is next."""
    if job.state != "ready":
        return 0
    before = or_(Job.run_at < job.run_at, (Job.run_at == job.run_at) & (Job.id < job.id))
    query = select(func.count()).where(Job.queue == job.queue, Job.state == "ready", before)
    return db.session.scalar(query) or 0
