"""Documents: each row is one PDF that was wanted, with the words it was made of."""

import re
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from agency.attached.documents import registry
from agency.kit import journal
from agency.kit.db import KINDS, Instant, Json, Model, Searched, Stamped, db
from agency.kit.words import lazy

STATES = ("wanted", "working", "ready", "failed")
AUDIENCES = ("inner", "client")

journal.declare(
    {
        "document.ready": lazy("The document “%(title)s” is ready"),
        "document.failed": lazy("The document “%(title)s” could not be drawn"),
    },
    for_client={"document.ready": ("title",)},
)


class Document(Searched, Stamped, Model):
    """A PDF of a record for one audience in one language; equal contents share one row."""

    __tablename__ = "documents"
    KIND: ClassVar[str] = "document"
    SEARCHED_BY: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    subject_version: Mapped[int | None]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(index=True)
    audience: Mapped[str]
    language: Mapped[str]
    context: Mapped[Any] = mapped_column(Json, deferred=True)
    input_hash: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="wanted", index=True)
    attempts: Mapped[int] = mapped_column(default=1)
    storage_key: Mapped[str | None]
    pages: Mapped[int | None]
    size: Mapped[int | None]
    reason: Mapped[str | None]
    reason_detail: Mapped[str | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    ready_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["project_id", "client_id"], ["projects.id", "projects.client_id"]),
        Index("ix_documents_subject", "subject_kind", "subject_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience"),
        CheckConstraint("state <> 'ready' OR storage_key IS NOT NULL", name="ready_has_file"),
    )

    @property
    def job_key(self) -> str:
        """The name of the job that draws this attempt."""
        return f"{self.id}-{self.attempts}"

    @property
    def subject(self) -> Any:
        """The record this is a document of, or None when it is gone."""
        return db.session.get(KINDS[self.subject_kind], self.subject_id)

    @property
    def needs(self) -> str | None:
        """The right on the subject that a reader needs beyond seeing it."""
        return registry.inner_needs(self.kind) if self.audience == "inner" else None

    @property
    def is_ready(self) -> bool:
        """Whether the PDF can be fetched."""
        return self.state == "ready"

    @property
    def file_name(self) -> str:
        """What the PDF is called on the reader's machine."""
        return re.sub(r'[\\/:*?"<>|\s]+', " ", self.title).strip(" .")[:120] + ".pdf"
