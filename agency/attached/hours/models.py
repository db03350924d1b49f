"""Time worked on a record, in whole minutes."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Model, Stamped, Versioned
from agency.kit.words import lazy
from agency.people.accounts.models import Person

journal.declare({
    "hours.logged": lazy("%(who)s logged time"),
    "hours.corrected": lazy("%(who)s corrected logged time"),
})


class TimeEntry(Versioned, Stamped, Model):
    """Minutes one person worked on one day."""

    __tablename__ = "time_entries"
    KIND: ClassVar[str] = "time_entry"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="minutes_of_a_day"),
        # Each carries the minutes, so that adding them up reads no rows; numbers stand before words, for they are
        # compared sooner.
        Index("ix_time_entries_subject", "subject_id", "subject_kind", "day", "minutes"),
        Index("ix_time_entries_day", "day", "person_id", "subject_kind", "minutes"),
        Index("ix_time_entries_person_day", "person_id", "day", "subject_kind", "minutes"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(default="task")
    subject_id: Mapped[int]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    day: Mapped[date]
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    person: Mapped[Person] = relationship()
