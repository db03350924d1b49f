"""Uploaded files of any record; the bytes lie in the store under their hash."""

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import KINDS, Model, Searched, Stamped, db
from agency.kit.words import lazy
from agency.people.accounts.models import Person

journal.declare(
    {
        "file.attached": lazy("%(who)s added the file “%(name)s”"),
        "file.replaced": lazy("%(who)s added version %(version)s of the file “%(name)s”"),
    },
    for_client={"file.attached": ("name",), "file.replaced": ("name", "version")},
)


class File(Searched, Stamped, Model):
    """One version of one file; the same name added again to a record is its next version."""

    __tablename__ = "files"
    KIND: ClassVar[str] = "file"
    SEARCHED_BY: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(index=True)
    name: Mapped[str]
    name_key: Mapped[str]
    version: Mapped[int]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    mime: Mapped[str]
    audience: Mapped[str]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    uploaded_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        ForeignKeyConstraint(["project_id", "client_id"], ["projects.id", "projects.client_id"]),
        UniqueConstraint("subject_kind", "subject_id", "name_key", "version"),
        CheckConstraint("audience IN ('inner', 'client')", name="audience"),
        CheckConstraint("version > 0 AND size > 0", name="counts"),
    )

    @property
    def subject(self) -> Any:
        """The record this file belongs to, or None when it is gone."""
        return db.session.get(KINDS[self.subject_kind], self.subject_id)
