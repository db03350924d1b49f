"""Questions about remarks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from agency.attached.comments.models import Comment
from agency.kit.db import KINDS, ask, db, prepared
from agency.people.accounts.models import Person

# What people talk about; on other records nothing can be written.
TALKED_OF = frozenset({"request", "project", "brief", "smeta", "task", "report"})


@dataclass(frozen=True)
class Author:
    """Who wrote a remark."""

    name: str
    latin_name: str
    kind: str


@dataclass(frozen=True)
class Remark:
    """A remark as it is read."""

    words: str
    created_at: datetime
    audience: str
    person: Author


def subject(kind: str, id: int) -> Any:
    """The record a remark is to be written on, or None."""
    if kind not in TALKED_OF or kind not in KINDS:
        return None
    return db.session.get(KINDS[kind], id)


def of(record: Any, audience: str | None = None) -> list[Remark]:
    """The remarks on a record, oldest first; with an audience only those it may read."""
    rows = ask(_of(audience is not None), kind=record.KIND, id=record.id, audience=audience)
    return [Remark(words, at, seen_by, Author(*author)) for words, at, seen_by, *author in rows]


@prepared
def _of(for_one: bool) -> Select[*tuple[Any, ...]]:
    rows = (
        select(
            Comment.words, Comment.created_at, Comment.audience, Person.name, Person.latin_name, Person.kind,
        ).join(Person, Person.id == Comment.person_id)
        .where(Comment.subject_kind == bindparam("kind"), Comment.subject_id == bindparam("id")).order_by(Comment.id)
    )  # fmt: skip
    return rows.where(Comment.audience == bindparam("audience")) if for_one else rows
