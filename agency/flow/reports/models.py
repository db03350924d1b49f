"""Status reports: numbered in their project, drafted from facts, sealed on approval, never changed once sent."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.projects.models import OfProject, Project
from agency.flow.reports import freezing
from agency.kit import journal
from agency.kit.db import Instant, Json, Model, Stamped, Versioned
from agency.kit.words import lazy
from agency.people.accounts.models import Person

STATES = ("draft", "approved", "sent", "discarded")
OPEN = text("state IN ('draft', 'approved')")

journal.declare(
    {
        "report.begun": lazy("A report was drafted from facts"),
        "report.refreshed": lazy("%(who)s brought the facts of the report up to date"),
        "report.light_changed": lazy("%(who)s judged “%(dimension)s” in the report otherwise than computed"),
        "report.approved": lazy("%(who)s approved report No. %(n)s"),
        "report.sent": lazy("%(who)s sent report No. %(n)s to the client"),
        "report.awaited": lazy("The report on “%(name)s” is due today and has not gone out"),
        "report.late": lazy("The report on “%(name)s” is late: it was promised to the client"),
        "report.discarded": lazy("%(who)s discarded a draft of the report"),
    },
    for_client={"report.sent": ("n",)},
)


class Report(OfProject, Versioned, Stamped, Model):
    """One status report: `computed` is what facts say, `words` what the AM wrote over or beside it.

    `lights` holds, per dimension, the computed tone with its reason and what the AM chose instead.
    """

    __tablename__ = "reports"
    KIND: ClassVar[str] = "report"
    CONSTRAINTS = (
        UniqueConstraint("project_id", "n"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("from_on <= until_on", name="period"),
        # One at a time: so numbers given on approval leave no gaps.
        # Whether the report of a day went out, without a look into all those before it.
        Index("ix_reports_project_until", "project_id", "until_on", "state"),
        # The last one of each project of a client, told by the index alone.
        Index("ix_reports_client_state", "client_id", "state", "project_id"),
        Index("uq_reports_one_open", "project_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="draft", index=True)
    language: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    gathered_at: Mapped[datetime] = mapped_column(Instant)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    computed: Mapped[Any] = mapped_column(Json, default=dict)
    words: Mapped[Any] = mapped_column(Json, default=dict)
    lights: Mapped[Any] = mapped_column(Json, default=dict)
    content_hash: Mapped[str] = mapped_column(default="")
    recipients: Mapped[Any] = mapped_column(Json, default=list)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    project: Mapped[Project] = relationship(
        foreign_keys="Report.project_id",
        primaryjoin="Report.project_id == Project.id",
    )
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    edited_by: Mapped[Person | None] = relationship(foreign_keys=[edited_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    sent_by: Mapped[Person | None] = relationship(foreign_keys=[sent_by_id])

    @property
    def is_draft(self) -> bool:
        """Whether its words may still be edited."""
        return self.state == "draft"


freezing.guard(Model.metadata)
