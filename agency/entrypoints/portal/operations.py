"""What the portal itself writes down: that a client looked, and that a session is over."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from agency.entrypoints.portal.models import Opening
from agency.kit import clock
from agency.kit.db import db
from agency.people.accounts.models import SignIn

AGAIN = timedelta(minutes=10)


def note_opening(record: Any, *, by: Any) -> None:
    """Write down that a contact looked at a record, at most once in ten minutes."""
    rows = select(Opening.id).where(
        Opening.subject_kind == record.KIND, Opening.subject_id == record.id, Opening.person_id == by.id,
        Opening.at > clock.now() - AGAIN,
    )
    if db.session.scalar(rows.limit(1)) is None:
        db.session.add(Opening(
            link_id=by.link.id if by.link else None, person_id=by.id, client_id=record.client_id,
            subject_kind=record.KIND, subject_id=record.id, at=clock.now(),
        ))


def leave(*, by: Any) -> None:
    """End the session of this device alone."""
    db.session.execute(update(SignIn).where(SignIn.id == by.session_id).values(ended_at=clock.now()))
