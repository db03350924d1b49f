"""The journal of facts: append-only rows, each with its outbox row in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from agency.kit import clock
from agency.kit.db import Instant, Json, Model, db, triggers, unit

FOR_CLIENT = text("audience = 'client'")
_sentences: dict[str, Any] = {}
_client_details: dict[str, frozenset[str]] = {}


class Fact(Model):
    """Something that happened: who did what to which record, and when."""

    __tablename__ = "facts"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    verb: Mapped[str] = mapped_column(index=True)
    actor_id: Mapped[int | None]
    behalf_id: Mapped[int | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    client_id: Mapped[int | None] = mapped_column(index=True)
    project_id: Mapped[int | None] = mapped_column(index=True)
    audience: Mapped[str] = mapped_column(default="inner")
    details: Mapped[Any] = mapped_column(Json, default=dict)
    __table_args__ = (
        Index("ix_facts_subject", "subject_kind", "subject_id"),
        # What clients are told of their projects, which is little of all that happens there.
        Index("ix_facts_for_client", "project_id", "verb", sqlite_where=FOR_CLIENT, postgresql_where=FOR_CLIENT),
    )


class Seal(Model):
    """The hash that ties a fact to the one before it; written by the relay in id order."""

    __tablename__ = "seals"
    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), primary_key=True)
    hash: Mapped[str]


class Outbox(Model):
    """A fact whose consequences have not been started yet."""

    __tablename__ = "outbox"
    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), primary_key=True)
    relayed_at: Mapped[datetime | None] = mapped_column(Instant, index=True)


for _table in ("facts", "seals"):
    for _verb in ("UPDATE", "DELETE"):
        triggers.guard(Model.metadata, _table, _verb, "TRUE", f"{_table} are append-only")
    triggers.guard_whole(Model.metadata, _table, f"{_table} are append-only")


def declare(sentences: Mapping[str, Any], for_client: Mapping[str, tuple[str, ...]] | None = None) -> None:
    """Name a room's facts: verb -> sentence; and the details a client may see of each."""
    _sentences.update(sentences)
    for verb, names in (for_client or {}).items():
        _client_details[verb] = frozenset(names)


def declared() -> Mapping[str, Any]:
    """Every fact's verb with its sentence."""
    return _sentences


def fact(verb: str, *, about: Any, by: Any, audience: str = "inner", **details: Any) -> Fact:
    """Append a fact about a record in the open unit; raises KeyError for an undeclared verb."""
    if verb not in _sentences:
        raise KeyError(f"the fact {verb} is not declared")
    if about.id is None:
        db.session.flush()
    row = Fact(
        at=clock.now(), verb=verb, actor_id=by.id, behalf_id=getattr(by, "behalf_id", None),
        subject_kind=about.KIND, subject_id=about.id,
        client_id=about.id if about.KIND == "client" else getattr(about, "client_id", None),
        project_id=about.id if about.KIND == "project" else getattr(about, "project_id", None),
        audience=audience, details=details,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(Outbox(fact_id=row.id))
    return row


def rehearse() -> None:
    """Append a fact and give it up: processes forked from this one then know the statements by heart."""
    with unit() as open_unit:
        open_unit.abandon()
        for verb in islice(_sentences, 1):
            fact(verb, about=SimpleNamespace(KIND="job", id=0), by=SimpleNamespace(id=None))
            db.session.flush()


def about(record: Any, audience: str | None = None) -> list[Fact]:
    """What happened to a record, newest first; only what a client may know when the audience says so."""
    rows = select(Fact).where(Fact.subject_kind == record.KIND, Fact.subject_id == record.id)
    if audience is not None:
        rows = rows.where(Fact.audience == audience)
    return list(db.session.scalars(rows.order_by(Fact.id.desc())))


def sentence(row: Any, who: str) -> str:
    """A fact, whole or its columns, in a person’s words, in the current language."""
    return str(_sentences[row.verb]) % {**row.details, "who": who}


def client_details(row: Fact) -> dict[str, Any]:
    """The allow-listed details of a fact, all that a client may see of it."""
    allowed = _client_details.get(row.verb, frozenset())
    return {name: value for name, value in row.details.items() if name in allowed}
