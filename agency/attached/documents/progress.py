"""How far a document is, as a page shows it: the place in the queue, the wait, the reason."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from agency.attached.documents.models import Document
from agency.attached.documents.operations import JOB
from agency.kit import clock, pdf, queue, words
from agency.kit.db import db

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
    job = db.session.scalar(select(queue.Job).where(queue.Job.name == JOB, queue.Job.key == document.job_key))
    waited = clock.now() - document.asked_at
    ahead = queue.place(job) if job is not None else 0
    if waited > STALL and not _is_served():
        return Progress("unanswered", ahead)
    if waited > PATIENCE:
        return Progress("late")
    return Progress("queued", ahead)


def _is_served() -> bool:
    """Whether some worker draws documents: one is being drawn, or one was finished lately."""
    lately = clock.now() - STALL
    alive = (queue.Job.state == "leased") | ((queue.Job.state == "done") & (queue.Job.ended_at >= lately))
    return db.session.scalar(select(queue.Job.id).where(queue.Job.queue == "pdf", alive).limit(1)) is not None
