"""Briefs in frozen versions, made of parts; requirements are linked to parts and departments."""

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.briefs import catalogue, freezing
from agency.flow.projects.models import OfProject, Project, Requirement
from agency.kit import journal
from agency.kit.db import Instant, Json, Model, Searched, Stamped, Versioned
from agency.kit.words import lazy
from agency.people.accounts.models import Person

CLIENT_STATES = ("draft", "sent", "approved", "returned", "withdrawn", "superseded")
DEPARTMENT_STATES = ("draft", "issued", "accepted", "returned", "superseded")
OPEN = text("state IN ('draft', 'sent', 'issued')")
SHOWN = text("state = 'sent' AND department IS NULL")

journal.declare(
    {
        "brief.opened": lazy("%(who)s opened brief %(number)s"),
        "brief.edited": lazy("%(who)s worked on brief %(number)s"),
        "brief.sent": lazy("%(who)s sent brief %(number)s to the client"),
        "brief.approved": lazy("%(who)s approved brief %(number)s"),
        "brief.returned": lazy("%(who)s returned brief %(number)s: %(words)s"),
        "brief.withdrawn": lazy("%(who)s withdrew brief %(number)s"),
        "brief.superseded": lazy("A newer version replaced brief %(number)s"),
        "brief.split": lazy("%(who)s split brief %(number)s between the departments"),
        "brief.issued": lazy("%(who)s issued brief %(number)s to the department"),
        "brief.accepted": lazy("%(who)s accepted brief %(number)s: %(read_back)s"),
        "brief.handed_back": lazy("%(who)s returned brief %(number)s: %(reason)s"),
    },
    for_client={
        "brief.sent": ("number",), "brief.approved": ("number",), "brief.returned": ("number", "words"),
        "brief.withdrawn": ("number",),
    },
)


class Brief(OfProject, Searched, Versioned, Stamped, Model):
    """One version of one brief: of the client (department is None) or of a department."""

    __tablename__ = "briefs"
    KIND: ClassVar[str] = "brief"
    SEARCHED_BY: ClassVar[tuple[str, ...]] = ("number",)
    CONSTRAINTS = (
        UniqueConstraint("project_id", "type", "n"),
        UniqueConstraint("id", "client_id"),
        UniqueConstraint("number"),
        CheckConstraint(f"department IS NOT NULL OR state IN {CLIENT_STATES}", name="state_of_client"),
        CheckConstraint(f"department IS NULL OR state IN {DEPARTMENT_STATES}", name="state_of_department"),
        CheckConstraint("state = 'draft' OR (sent_at IS NOT NULL AND content_hash <> '')", name="sealed"),
        # What waits, since when and whose, without a look at all that was ever written.
        Index("ix_briefs_state_sent", "state", "sent_at", "id", "department", "client_id", "project_id"),
        # What lies with the client of a project.
        Index("ix_briefs_shown_of_project", "project_id", "sent_at", sqlite_where=SHOWN, postgresql_where=SHOWN),
        # The same of some clients alone.
        Index("ix_briefs_shown_of_client", "client_id", "sent_at", sqlite_where=SHOWN, postgresql_where=SHOWN),
        Index("uq_briefs_one_open", "project_id", "type", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    type_version: Mapped[int]
    department: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    n: Mapped[int]
    number: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    language: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    # The client brief a department's brief was split from, and the version this one follows.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("briefs.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("briefs.id"))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    content_hash: Mapped[str] = mapped_column(default="")
    return_words: Mapped[str] = mapped_column(default="")
    read_back: Mapped[str] = mapped_column(default="")
    project: Mapped[Project] = relationship(
        foreign_keys="Brief.project_id", primaryjoin="Brief.project_id == Project.id",
    )
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    sent_by: Mapped[Person | None] = relationship(foreign_keys=[sent_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    source: Mapped["Brief | None"] = relationship(foreign_keys=[source_id], remote_side="Brief.id")
    previous: Mapped["Brief | None"] = relationship(foreign_keys=[previous_id], remote_side="Brief.id")
    parts: Mapped[list["BriefPart"]] = relationship(
        back_populates="brief", order_by="BriefPart.ordinal", cascade="all, delete-orphan",
    )
    requirements: Mapped[list["BriefRequirement"]] = relationship(cascade="all, delete-orphan")

    @property
    def kind(self) -> catalogue.BriefType:
        """The type in the version this brief was opened with."""
        return catalogue.find(self.type, self.type_version)

    @property
    def is_draft(self) -> bool:
        """Whether the version may still be edited."""
        return self.state == "draft"

    @property
    def is_of_client(self) -> bool:
        """Whether this is the client's brief and not a department's."""
        return self.department is None

    @property
    def answers(self) -> dict[str, Any]:
        """The values of all parts by code."""
        return {part.key: part.value for part in self.parts}


class BriefPart(Searched, Versioned, Model):
    """One part of a brief: the answer to one field; `departments` are those it goes to.

    `edition` counts changes of the words alone, so that a bullet pressed meanwhile is no conflict.
    """

    __tablename__ = "brief_parts"
    KIND: ClassVar[str] = "brief_part"
    SEARCHED_BY: ClassVar[tuple[str, ...]] = ("value",)
    __table_args__ = (UniqueConstraint("brief_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    key: Mapped[str]
    ordinal: Mapped[int]
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    edition: Mapped[int] = mapped_column(default=1)
    departments: Mapped[Any] = mapped_column(Json, default=list)
    # A part that a department's brief inherited word for word from the client's.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("brief_parts.id"))
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    brief: Mapped[Brief] = relationship(back_populates="parts")
    source: Mapped["BriefPart | None"] = relationship(remote_side="BriefPart.id")
    edited_by: Mapped[Person | None] = relationship()
    marks: Mapped[list["PartMark"]] = relationship(cascade="all, delete-orphan", order_by="PartMark.requirement_id")
    # The requirements beside it as rows, where a part is only read.
    noted: ClassVar[list[Any] | None] = None

    @property
    def said(self) -> list[Any]:
        """The requirements beside this part by their number: n, words, said_by, said_on."""
        rows = [mark.requirement for mark in self.marks] if self.noted is None else self.noted
        return sorted(rows, key=attrgetter("n"))

    @property
    def kind(self) -> catalogue.BriefType:
        """The type whose field this part answers: the brief's own, or the client brief's when inherited."""
        return self.source.brief.kind if self.source_id and self.source else self.brief.kind

    @property
    def field(self) -> catalogue.Field:
        """The question this part answers; raises LookupError when the type has no such question."""
        found = self.kind.field(self.key)
        if found is None:
            raise LookupError(f"{self.brief.type} {self.brief.type_version} has no field {self.key}")
        return found

    def searched(self) -> str:
        """The words of the answer; those of the client are found in the client's brief already."""
        return "" if self.source_id else " ".join(_words(self.value))

    @property
    def is_inherited(self) -> bool:
        """Whether the words are the client's and stand still here."""
        return self.source_id is not None

    @property
    def client_id(self) -> int:
        """The client of its brief."""
        return self.brief.client_id

    @property
    def project_id(self) -> int:
        """The project of its brief."""
        return self.brief.project_id

    @property
    def department(self) -> str | None:
        """The department of its brief."""
        return self.brief.department


def _words(value: Any) -> Iterator[str]:
    """Every word of an answer, whatever its shape."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(part)


class PartMark(Model):
    """A requirement marked beside a part of a brief."""

    __tablename__ = "part_marks"
    __table_args__ = (UniqueConstraint("part_id", "requirement_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("brief_parts.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id"), index=True)
    requirement: Mapped[Requirement] = relationship()


class BriefRequirement(Model):
    """A requirement handed to a department by its brief."""

    __tablename__ = "brief_requirements"
    __table_args__ = (UniqueConstraint("brief_id", "requirement_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id"), index=True)
    requirement: Mapped[Requirement] = relationship()


freezing.guard(Model.metadata)
