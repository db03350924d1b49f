"""How far a document is, as a page shows it: the place in the queue, the wait, the reason."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, true
from sqlalchemy.orm import aliased

from agency.attached.documents.models import Document
from agency.attached.documents.operations import JOB
from agency.kit import clock, pdf, queue, words
from agency.kit.db import ask, prepared

PATIENCE = timedelta(minutes=2)
STALL = timedelta(seconds=15)


@dataclass(frozen=True)
class Progress:
    """What the row of a document says; `state` is one of queued, unanswered, working, late, ready, failed."""

    state: str
    ahead: int = 0
    size: str = ""
    reason: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether the row should ask again in a second."""
        return self.state in ("queued", "unanswered", "working")


def progress(document: Document) -> Progress:
    """How far a document is at this moment."""
    if document.state == "ready":
        return Progress("ready", size=words.file_size(document.size or 0))
    if document.state == "failed":
        return Progress("failed", reason=pdf.sentence(document.reason or "", document.reason_detail or ""))
    if document.state == "working":
        return Progress("late" if clock.now() - document.asked_at > PATIENCE else "working")
    return _in_queue(document)


def _in_queue(document: Document) -> Progress:
    now = clock.now()
    waited = now - document.asked_at
    line = ask(_line(waited > STALL), name=JOB, key=document.job_key, lately=now - STALL).one()
    if not line.is_served:
        return Progress("unanswered", line.ahead)
    if waited > PATIENCE:
        return Progress("late")
    return Progress("queued", line.ahead)


@prepared
def _line(for_long: bool) -> Select[*tuple[Any, ...]]:
    """How many jobs stand before a document's own; of one that waits long, whether any worker draws at all.

    One does while a document is being drawn, or when one was finished lately.
    """
    own, job = aliased(queue.Job), queue.Job
    before = or_(job.run_at < own.run_at, (job.run_at == own.run_at) & (job.id < own.id))
    ahead = select(func.count()).where(
        own.name == bindparam("name"), own.key == bindparam("key"), own.state == "ready", job.queue == own.queue,
        job.state == "ready", before,
    )
    alive = or_(job.state == "leased", (job.state == "done") & (job.ended_at >= bindparam("lately")))
    served = select(job.id).where(job.queue == "pdf", alive).exists() if for_long else true()
    return select(ahead.scalar_subquery().label("ahead"), served.label("is_served"))
