"""Evidence: who said yes or no to exactly what, when, under which name."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit.db import Instant, Model
from agency.kit.words import _
from agency.people.accounts.models import Person

# The words of a decision, the same in every room: a yes; words about what should change; a no.
APPROVED, RETURNED, REJECTED = DECISIONS = ("approved", "returned", "rejected")


class Approval(Model):
    """One decision on one version, with the hash of what was shown. At most one of a kind.

    `behalf_id` is who was stood in for, when a deputy decided.
    """

    __tablename__ = "approvals"
    KIND: ClassVar[str] = "approval"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "decision"),
        CheckConstraint(f"decision IN {DECISIONS}", name="decision"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    decision: Mapped[str]
    content_hash: Mapped[str]
    typed_name: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    behalf_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    link_id: Mapped[int | None]
    browser: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    behalf: Mapped[Person | None] = relationship(foreign_keys=[behalf_id])

    @property
    def signed(self) -> str:
        """The typed name, and of a deputy for whom it was typed."""
        if self.behalf is None:
            return self.typed_name
        return _("%(who)s for %(whom)s", who=self.typed_name, whom=self.behalf.name)
