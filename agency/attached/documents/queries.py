"""The questions asked about documents."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, select

from agency.attached.documents.models import Document
from agency.kit.db import Among, ask, db, prepared


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


def client_face(client_ids: Collection[int], project_id: int | None = None) -> list[Any]:
    """Ready documents made for the client, within the given clients, newest first, as lists tell of them."""
    return list(ask(_client_face(project_id is not None), clients=list(client_ids), project=project_id))


@prepared
def _client_face(of_project: bool) -> Select[*tuple[Any, ...]]:
    row = Document
    found = select(row.id, row.kind, row.subject_kind, row.subject_id, row.title, row.size, row.asked_at).where(
        row.client_id.in_(Among("clients")), row.audience == "client", row.state == "ready",
    )
    if of_project:
        found = found.where(row.project_id == bindparam("project"))
    return found.order_by(row.asked_at.desc(), row.id.desc())


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
