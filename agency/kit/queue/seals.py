"""The hash chain over the journal: each seal ties a fact to the one before it, in id order."""

import json
from dataclasses import dataclass

from sqlalchemy import func, select, text

from agency.kit import ids
from agency.kit.db import db
from agency.kit.journal import Fact, Seal

AT_ONCE = 500
FIRST = "0" * 64


@dataclass(frozen=True)
class Chain:
    """What a check of the chain found: sealed facts, the unsealed tail, and the first bad fact."""

    sealed: int
    unsealed: int
    broken_at: int | None


def seal_new() -> int:
    """Seal the facts not sealed yet, in the open unit; answers how many.

    On PostgreSQL the table is locked against writers for this moment: only then is it sure that
    no fact with a smaller id can still appear.
    """
    if db.engine.dialect.name != "sqlite":
        db.session.execute(text("SET LOCAL lock_timeout = '500ms'"))
        db.session.execute(text("LOCK TABLE facts IN SHARE MODE"))
    last = db.session.execute(select(Seal.fact_id, Seal.hash).order_by(Seal.fact_id.desc()).limit(1)).first()
    before = last.hash if last else FIRST
    query = select(Fact).where(Fact.id > (last.fact_id if last else 0)).order_by(Fact.id).limit(AT_ONCE)
    facts = db.session.scalars(query).all()
    for fact in facts:
        before = link(before, fact)
        db.session.add(Seal(fact_id=fact.id, hash=before))
    return len(facts)


def link(before: str, fact: Fact) -> str:
    """The seal of a fact that follows the seal `before`."""
    told = [
        fact.id,
        fact.at.isoformat(),
        fact.verb,
        fact.actor_id,
        fact.behalf_id,
        fact.subject_kind,
        fact.subject_id,
        fact.client_id,
        fact.project_id,
        fact.audience,
        fact.details,
    ]
    return ids.digest(before + json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def verify() -> Chain:
    """Walk the whole chain; a changed, removed or added fact shows as the first one that does not fit."""
    before, sealed, broken_at = FIRST, 0, None
    rows = select(Fact, Seal.hash).join(Seal, Seal.fact_id == Fact.id, isouter=True).order_by(Fact.id)
    head = db.session.scalar(select(func.max(Seal.fact_id))) or 0
    with db.session.execute(rows.where(Fact.id <= head).execution_options(yield_per=500)) as found:
        for fact, hash_ in found:
            before = link(before, fact)
            if hash_ != before:
                broken_at = fact.id
                break
            sealed += 1
    if broken_at is not None:
        return Chain(sealed, _after(head), broken_at)
    lost = sealed != db.session.scalar(select(func.count()).select_from(Seal))
    return Chain(sealed, _after(head), head if lost else None)


def _after(head: int) -> int:
    return db.session.scalar(select(func.count()).select_from(Fact).where(Fact.id > head)) or 0
