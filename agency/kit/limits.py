"""Buckets that slow down guessing and flooding, kept in the database so that every node sees them."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from agency.kit import clock
from agency.kit.db import Instant, Model, aside


class Hit(Model):
    """One try counted in a bucket."""

    __tablename__ = "hits"
    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Instant)


def allow(bucket: str, limit: int, within: timedelta) -> bool:
    """Count one try in `bucket`; False when there were `limit` already `within` the last while.

    Runs in a short unit of its own, before the request's unit begins.
    """
    since = clock.now() - within
    with aside() as session:
        if session.get_bind().dialect.name == "postgresql":
            # Whoever counts in this bucket counts alone, or a burst would be let through.
            session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(bucket, 0))))
        session.execute(delete(Hit).where(Hit.bucket == bucket, Hit.at < since))
        tried = session.scalar(select(func.count()).where(Hit.bucket == bucket)) or 0
        if tried >= limit:
            return False
        session.add(Hit(bucket=bucket, at=clock.now()))
        return True


def forget(bucket: str) -> None:
    """Empty a bucket, as after a right password."""
    with aside() as session:
        session.execute(delete(Hit).where(Hit.bucket == bucket))
