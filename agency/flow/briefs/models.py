"""Briefs in frozen versions, made of parts; requirements are linked to parts and departments."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.projects.models import OfProject, Project, Requirement
from agency.kit.db import Instant, Json, Model, Stamped, Versioned
from agency.people.accounts.models import Person

CLIENT_STATES = ("draft", "sent", "approved", "returned", "withdrawn", "superseded")
DEPARTMENT_STATES = ("draft", "issued", "accepted", "returned", "superseded")


class Brief(OfProject, Versioned, Stamped, Model):
    """One version of one brief: of the client (department is None) or of a department."""

    __tablename__ = "briefs"
    KIND: ClassVar[str] = "brief"
    CONSTRAINTS = (UniqueConstraint("project_id", "type", "n"), UniqueConstraint("id", "client_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    type_version: Mapped[int]
    department: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    n: Mapped[int]
    number: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft", index=True)
    language: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    content_hash: Mapped[str] = mapped_column(default="")
    return_words: Mapped[str] = mapped_column(default="")
    read_back: Mapped[str] = mapped_column(default="")
    project: Mapped[Project] = relationship(
        foreign_keys="Brief.project_id", primaryjoin="Brief.project_id == Project.id",
    )
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    parts: Mapped[list["BriefPart"]] = relationship(back_populates="brief", order_by="BriefPart.ordinal")


class BriefPart(Versioned, Model):
    """One part of a brief: the answer to one field of its type; `departments` are those it goes to."""

    __tablename__ = "brief_parts"
    KIND: ClassVar[str] = "brief_part"
    __table_args__ = (UniqueConstraint("brief_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    key: Mapped[str]
    ordinal: Mapped[int]
    value: Mapped[Any] = mapped_column(Json)
    departments: Mapped[Any] = mapped_column(Json, default=list)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    brief: Mapped[Brief] = relationship(back_populates="parts")
    marks: Mapped[list["PartMark"]] = relationship(cascade="all, delete-orphan")


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
