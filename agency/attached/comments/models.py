"""Remarks on any record."""

from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Model, Stamped
from agency.kit.words import lazy
from agency.people.accounts.models import Person

journal.declare({
    "comment.written": lazy("%(who)s wrote a remark"),
    "comment.asked": lazy("%(who)s asks: “%(words)s”"),
})


class Comment(Stamped, Model):
    """One remark; the audience says whether the client may read it."""

    __tablename__ = "comments"
    KIND: ClassVar[str] = "comment"
    __table_args__ = (Index("ix_comments_subject", "subject_kind", "subject_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    audience: Mapped[str] = mapped_column(default="inner")
    words: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    person: Mapped[Person] = relationship()
