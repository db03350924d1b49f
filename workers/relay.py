"""The relay: each fact's outbox row becomes the jobs that follow from it, and the journal is sealed."""

from collections.abc import Mapping

from sqlalchemy import Select, select, update
from sqlalchemy.exc import OperationalError

from agency.kit.db import db, db_reading, unit
from agency.kit.journal import Fact, Outbox, Seal
from agency.kit.queue import ask, named, seals
from agency.kit.queue.leases import instant
from workers.consequences import CONSEQUENCES, OF_THE_FACT

AT_ONCE = 200


def relay(lease: str, number: int, consequences: Mapping[str, tuple[str, ...]] = CONSEQUENCES) -> int:
    """Start the consequences of the facts not relayed yet, under the lease; answers how many facts.

    The rows are found by their mark, never by "greater than the last one seen": on PostgreSQL a
    smaller id may become visible later.
    """
    with db_reading():
        if not db.session.scalars(_waiting().limit(1)).first():
            return 0
    with unit():
        named.hold(lease, number)
        facts = db.session.execute(_waiting().limit(AT_ONCE)).all()
        for fact_id, verb, subject_id in facts:
            for name in consequences.get(verb, ()):
                ask(name, fact_id if name in OF_THE_FACT else subject_id, fact_id=fact_id)
        now = instant()
        db.session.execute(update(Outbox).where(Outbox.fact_id.in_([row[0] for row in facts])).values(relayed_at=now))
    return len(facts)


def seal(lease: str, number: int) -> int:
    """Seal new facts under the lease; answers how many. A busy table is left for the next time."""
    with db_reading():
        newest = select(Fact.id).order_by(Fact.id.desc()).limit(1)
        sealed = select(Seal.fact_id).order_by(Seal.fact_id.desc()).limit(1)
        if (db.session.scalar(newest) or 0) == (db.session.scalar(sealed) or 0):
            return 0
    try:
        with unit():
            named.hold(lease, number)
            return seals.seal_new()
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != "55P03":
            raise
        return 0


def _waiting() -> Select[int, str, int]:
    query = select(Outbox.fact_id, Fact.verb, Fact.subject_id).join(Fact, Fact.id == Outbox.fact_id)
    return query.where(Outbox.relayed_at.is_(None)).order_by(Outbox.fact_id)
