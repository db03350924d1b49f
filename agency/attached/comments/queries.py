"""Questions about remarks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import aliased

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


def unanswered(kind: str, record_id: Any) -> ScalarSelect[int]:
    """The id of the first thing a client said about a record since we last said something the client may read.

    As a part of a question about many records: it reads the talk of each from its end, however long that is.
    """
    said, ours = aliased(Comment), aliased(Comment)
    last = select(ours.id).join(Person, Person.id == ours.person_id).where(
        ours.subject_kind == kind, ours.subject_id == record_id, ours.audience == "client", Person.kind != "contact",
    ).order_by(ours.id.desc()).limit(1)  # fmt: skip
    since = func.coalesce(last.correlate_except(ours, Person).scalar_subquery(), 0)
    rows = select(func.min(said.id)).where(
        said.subject_kind == kind, said.subject_id == record_id, said.audience == "client", said.id > since,
    )
    return rows.correlate_except(said).scalar_subquery()
