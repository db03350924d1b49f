"""What we promised to a client: to whom, by when, whether it was kept, and what we give for what was not."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Instant, Model, Stamped, Versioned
from agency.kit.states import Move, Moves
from agency.kit.words import lazy, lazy_in
from agency.people.accounts.models import Person

journal.declare({
    "promise.made": lazy("%(who)s promised: %(words)s"),
    "promise.due_soon": lazy("A promise is due tomorrow: %(words)s. Keep it, or warn the client today"),
    "promise.kept": lazy("%(who)s kept a promise: %(words)s"),
    "promise.moved": lazy("%(who)s moved a promise: %(words)s"),
    "promise.broken": lazy("%(who)s marked a promise as not kept: %(words)s"),
    "promise.compensated": lazy("%(who)s offered in return: %(words)s"),
    "promise.compensation_given": lazy("%(who)s gave what was offered: %(words)s"),
}, for_client={
    "promise.made": ("words",), "promise.kept": ("words",), "promise.moved": ("words", "reason"),
    "promise.compensated": ("words",), "promise.compensation_given": ("words",),
})  # fmt: skip

OPEN = text("state = 'open'")
KINDS = {"bonus": lazy_in("compensation", "work for free"), "discount": lazy_in("compensation", "a discount")}


class Promise(Versioned, Stamped, Model):
    """One promise; `moved_from` is its first day, `warned_on` when the client last heard of a new one."""

    __tablename__ = "promises"
    KIND: ClassVar[str] = "promise"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'kept', 'broken')", name="state"),
        # What is due and whose, by its day, without a look at all that was ever promised.
        Index("ix_promises_state_due", "state", "due_on", "id", "client_id", "project_id", "made_by_id"),
        # The same of some clients alone, whether open or over; and what is open.
        Index("ix_promises_of_client", "client_id", "due_on", "state", "made_by_id", "project_id"),
        Index("ix_promises_open_of_client", "client_id", "due_on", sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(default="project")
    subject_id: Mapped[int]
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    words: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="open")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    made_to_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    moved_from: Mapped[date | None]
    warned_on: Mapped[date | None]
    # Whether every warning came before the day that was promised at that time.
    in_time: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(default="")
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    made_to: Mapped[Person | None] = relationship(foreign_keys=[made_to_id])
    compensations: Mapped[list["Compensation"]] = relationship(
        order_by="Compensation.id", back_populates="promise",
    )


class Compensation(Stamped, Model):
    """What we give for a promise that moved or was not kept; its worth in minor units of the project's currency."""

    __tablename__ = "compensations"
    KIND: ClassVar[str] = "compensation"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint("amount > 0", name="is_something"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey("promises.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    kind: Mapped[str]
    words: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    offered_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    # Where it went: the number of the estimate that carries it, or how else it was given.
    given_on: Mapped[date | None]
    given_in: Mapped[str] = mapped_column(default="")
    promise: Mapped[Promise] = relationship(back_populates="compensations")


STATES = ("open", "kept", "broken")

MOVES = Moves("promise", STATES, [
    Move("keep", ("open",), "kept", policy="promise.settle", fact="promise.kept",
         label=lazy("Kept"), audience="client"),
    Move("break", ("open",), "broken", policy="promise.settle", fact="promise.broken",
         label=lazy("Not kept"), asks=("reason",)),
])
