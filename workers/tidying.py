"""Jobs that keep the queue's own tables small."""

from datetime import timedelta

from sqlalchemy import delete

from agency.kit import clock
from agency.kit.db import db
from agency.kit.queue import Job, job

KEPT = timedelta(days=30)


@job("quick")
def clear_done_jobs() -> None:
    """Forget jobs done a month ago; failed ones stay until a person has looked."""
    db.session.execute(delete(Job).where(Job.state == "done", Job.ended_at < clock.now() - KEPT))
