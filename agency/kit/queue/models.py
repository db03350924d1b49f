"""The tables of the queue: jobs, and named leases for what only one process may do at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agency.kit import clock
from agency.kit.db import Instant, Json, Model, Stamped

JOB_STATES = ("ready", "leased", "done", "failed")


class Job(Model, Stamped):
    """One piece of work: which function, with which ids, how often tried, and how it ended."""

    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    fact_id: Mapped[int | None] = mapped_column(ForeignKey("facts.id"))
    name: Mapped[str]
    args: Mapped[Any] = mapped_column(Json, default=list)
    key: Mapped[str | None]
    # Empty while the asking process did not know the job; the scheduler then fills it in.
    queue: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="ready")
    attempts: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    lease_token: Mapped[str | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    __table_args__ = (
        UniqueConstraint("name", "key"),
        UniqueConstraint("fact_id", "name"),
        Index("ix_jobs_state_run_at", "state", "run_at"),
        CheckConstraint("state IN ('ready', 'leased', 'done', 'failed')", name="state"),
    )


class Lease(Model):
    """The right to be the only one doing `name`; the number fences off whoever held it before."""

    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime | None] = mapped_column(Instant)
