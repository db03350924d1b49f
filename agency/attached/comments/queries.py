"""Questions about remarks."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from agency.attached.comments.models import Comment
from agency.kit.db import KINDS, db

# What people talk about; on other records nothing can be written.
TALKED_OF = frozenset({"request", "project", "brief", "smeta", "task", "report"})


def subject(kind: str, id: int) -> Any:
    """The record a remark is to be written on, or None."""
    if kind not in TALKED_OF or kind not in KINDS:
        return None
    return db.session.get(KINDS[kind], id)


def of(record: Any, audience: str | None = None) -> list[Comment]:
    """The remarks on a record, oldest first; with an audience only those it may read."""
    rows = select(Comment).where(Comment.subject_kind == record.KIND, Comment.subject_id == record.id)
    if audience is not None:
        rows = rows.where(Comment.audience == audience)
    return list(db.session.scalars(rows.options(joinedload(Comment.person)).order_by(Comment.id)))
