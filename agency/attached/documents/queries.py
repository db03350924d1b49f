"""The questions asked about documents."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, select

from agency.attached.documents.models import Document
from agency.kit.db import db, prepared


def get(document_id: int) -> Document | None:
    """One document."""
    return db.session.get(Document, document_id)


def by_hash(input_hash: str) -> Document | None:
    """The document made of exactly this."""
    return db.session.scalar(select(Document).where(Document.input_hash == input_hash))


def of(record: Any, kind: str | None = None, audience: str | None = None) -> list[Document]:
    """All documents of a record, the newest wish first."""
    return list(db.session.scalars(*_asked(record, kind, audience)))


def latest(record: Any, kind: str, audience: str | None = None) -> Document | None:
    """The document wanted last, in whatever state it is."""
    return db.session.scalars(*_asked(record, kind, audience, one=True)).first()


def latest_ready(record: Any, kind: str, audience: str | None = None) -> Document | None:
    """The newest document that can be fetched."""
    return db.session.scalars(*_asked(record, kind, audience, one=True, is_ready=True)).first()


def client_face(client_ids: Collection[int], project_id: int | None = None) -> list[Document]:
    """Ready documents made for the client, within the given clients, newest first."""
    asked = select(Document).where(
        Document.client_id.in_(client_ids), Document.audience == "client", Document.state == "ready"
    )
    if project_id is not None:
        asked = asked.where(Document.project_id == project_id)
    return list(db.session.scalars(asked.order_by(Document.asked_at.desc(), Document.id.desc())))


def client_get(client_ids: Collection[int], document_id: int) -> Document | None:
    """One document as a client may fetch it, or None."""
    found = get(document_id)
    fits = found is not None and found.audience == "client" and found.client_id in client_ids
    return found if fits else None


def _asked(
    record: Any, kind: str | None, audience: str | None, *, one: bool = False, is_ready: bool = False
) -> tuple[Select[Document], dict[str, Any]]:
    """A question about the documents of a record, with its values."""
    values = {"subject_kind": record.KIND, "subject_id": record.id, "kind": kind, "audience": audience}
    return _of(kind is not None, audience is not None, one, is_ready), values


@prepared
def _of(of_kind: bool, for_audience: bool, one: bool, is_ready: bool) -> Select[Document]:
    asked = select(Document).where(
        Document.subject_kind == bindparam("subject_kind"), Document.subject_id == bindparam("subject_id"),
    )
    if of_kind:
        asked = asked.where(Document.kind == bindparam("kind"))
    if for_audience:
        asked = asked.where(Document.audience == bindparam("audience"))
    if is_ready:
        asked = asked.where(Document.state == "ready")
    asked = asked.order_by(Document.asked_at.desc(), Document.id.desc())
    return asked.limit(1) if one else asked
