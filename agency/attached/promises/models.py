"""What we promised to a client: to whom, by when, and whether it was kept."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Instant, Model, Stamped, Versioned
from agency.kit.states import Move, Moves
from agency.kit.words import lazy
from agency.people.accounts.models import Person

journal.declare({
    "promise.made": lazy("%(who)s promised: %(words)s"),
    "promise.kept": lazy("%(who)s kept a promise: %(words)s"),
    "promise.moved": lazy("%(who)s moved a promise: %(words)s"),
    "promise.broken": lazy("%(who)s marked a promise as not kept: %(words)s"),
}, for_client={"promise.made": ("words",), "promise.kept": ("words",), "promise.moved": ("words", "reason")})


class Promise(Versioned, Stamped, Model):
    """One promise."""

    __tablename__ = "promises"
    KIND: ClassVar[str] = "promise"
    __table_args__ = (CheckConstraint("state IN ('open', 'kept', 'broken')", name="state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(default="project")
    subject_id: Mapped[int]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    words: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="open", index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    made_to_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    moved_from: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    made_to: Mapped[Person | None] = relationship(foreign_keys=[made_to_id])


STATES = ("open", "kept", "broken")

MOVES = Moves("promise", STATES, [
    Move("keep", ("open",), "kept", policy="promise.settle", fact="promise.kept",
         label=lazy("Kept"), audience="client"),
    Move("break", ("open",), "broken", policy="promise.settle", fact="promise.broken",
         label=lazy("Not kept"), asks=("reason",)),
])
