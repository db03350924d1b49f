"""Status reports: numbered in their project, drafted from facts, frozen when sent."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.projects.models import OfProject, Project
from agency.kit.db import Instant, Json, Model, Stamped, Versioned
from agency.people.accounts.models import Person

STATES = ("draft", "approved", "sent", "discarded")


class Report(OfProject, Versioned, Stamped, Model):
    """One status report: `computed` is what facts say, `words` what the AM wrote over or beside it."""

    __tablename__ = "reports"
    KIND: ClassVar[str] = "report"
    CONSTRAINTS = (UniqueConstraint("project_id", "n"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="draft", index=True)
    language: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    computed: Mapped[Any] = mapped_column(Json, default=dict)
    words: Mapped[Any] = mapped_column(Json, default=dict)
    lights: Mapped[Any] = mapped_column(Json, default=dict)
    content_hash: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    project: Mapped[Project] = relationship(
        foreign_keys="Report.project_id", primaryjoin="Report.project_id == Project.id",
    )
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
