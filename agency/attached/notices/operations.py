"""Telling people: a row behind the bell for each, once a fact."""

from collections.abc import Iterable

from sqlalchemy import select

from agency.attached.notices.models import Notice
from agency.kit.db import db
from agency.kit.journal import Fact


def tell(person_ids: Iterable[int], fact: Fact) -> None:
    """Tell these persons about a fact; whoever caused it, or was told before, is left out."""
    known = set(db.session.scalars(select(Notice.person_id).where(Notice.fact_id == fact.id)))
    for person_id in sorted(set(person_ids) - known - {fact.actor_id or 0}):
        db.session.add(Notice(person_id=person_id, fact_id=fact.id))
    db.session.flush()
