"""Jobs that keep the database in good order: a small queue, and a planner that knows its tables."""

from datetime import timedelta

from sqlalchemy import delete, text

from agency.kit import clock
from agency.kit.db import db
from agency.kit.queue import Job, job

KEPT = timedelta(days=30)
# Rows of an index that are looked at, so that the writing unit stays under half a second in a database of any size. A
# thousand were too few: of five thousand estimates, all but some approved, it was learned that a state is of three
# hundred, and the payments of an agency were looked for from its estimates, ten times as long.
SAMPLE = 100_000


@job("quick")
def clear_done_jobs() -> None:
    """Forget jobs done a month ago; failed ones stay until a person has looked."""
    db.session.execute(delete(Job).where(Job.state == "done", Job.ended_at < clock.now() - KEPT))


@job("quick")
def learn_tables() -> None:
    """Tell SQLite's planner how its tables have grown; PostgreSQL learns that by itself."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text(f"PRAGMA analysis_limit={SAMPLE}"))
        db.session.execute(text("ANALYZE"))
