"""Tasks in the departments' queues, their moved dates, handed-in versions and checks."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.projects.models import OfProject, Project, Requirement
from agency.flow.smetas.models import SmetaLine
from agency.flow.tasks import logged
from agency.kit import journal
from agency.kit.db import Folded, Instant, Json, Model, Searched, Stamped, Versioned
from agency.kit.words import lazy
from agency.people.accounts.models import Person

STATES = (
    "backlog", "open", "taken", "in_progress", "in_review", "client_review", "done", "blocked", "cancelled",
)  # fmt: skip
# Released and neither finished nor blocked; the board shows them, and blocked ones where they were.
ACTIVE = ("open", "taken", "in_progress", "in_review", "client_review")


def _where(words: str) -> dict[str, Any]:
    """Of which rows alone an index holds, on both databases."""
    return dict.fromkeys(("sqlite_where", "postgresql_where"), text(words))


# All that is released and not over, blocked or not; in words, for an index.
LIVE = _where("state IN ('open', 'taken', 'in_progress', 'in_review', 'client_review', 'blocked')")
# Nobody has opened it yet; and what lies with the client.
PLANNED, SHOWN = _where("state = 'backlog'"), _where("state = 'client_review'")
# Whom a blocked task waits for.
SIDES = ("client", "colleague", "supplier")

journal.declare(
    {
        "tasks.split": lazy("Estimate %(number)s became tasks"),
        "task.made": lazy("%(who)s added the task “%(title)s”"),
        "task.edited": lazy("%(who)s changed the task “%(title)s”"),
        "task.released": lazy("%(who)s opened the task “%(title)s”"),
        "task.taken": lazy("%(who)s took the task “%(title)s”"),
        "task.assigned": lazy("%(who)s gave the task “%(title)s” to %(whom)s"),
        "task.started": lazy("%(who)s started on “%(title)s”"),
        "task.given_back": lazy("%(who)s gave back the task “%(title)s”: %(reason)s"),
        "task.handed_in": lazy("%(who)s handed in “%(title)s”, version %(n)s"),
        "task.returned": lazy("%(who)s returned “%(title)s” after the check"),
        "task.passed": lazy("%(who)s passed “%(title)s”"),
        "task.shown": lazy("%(who)s gave “%(title)s” to the client to look at"),
        "task.accepted": lazy("%(who)s accepted “%(title)s”"),
        "task.sent_back": lazy("%(who)s asked for changes in “%(title)s”"),
        "task.done": lazy("“%(title)s” is done"),
        "task.blocked": lazy("%(who)s stopped “%(title)s”: %(reason)s"),
        "task.unblocked": lazy("%(who)s set “%(title)s” going again"),
        "task.cancelled": lazy("%(who)s cancelled the task “%(title)s”: %(reason)s"),
        "task.reopened": lazy("%(who)s reopened “%(title)s”: %(reason)s"),
        "task.due_moved": lazy("%(who)s moved the date of “%(title)s”: %(reason)s"),
    },
    for_client={
        "task.shown": ("title", "n"),
        "task.accepted": ("title",),
        "task.sent_back": ("title", "remarks", "round"),
        "task.done": ("title",),
        "task.due_moved": ("title", "was", "becomes", "reason"),
    },
)


class Standing:
    """How a task stands, whether it is the whole record or a row of its columns."""

    __slots__ = ()

    @property
    def stands_in(self: Any) -> str:
        """The state, or for a blocked task the one it was stopped in."""
        return str(self.before_block if self.state == "blocked" else self.state)

    @property
    def is_active(self: Any) -> bool:
        """Whether it is released and not finished."""
        return self.state in ACTIVE or self.state == "blocked"

    @property
    def is_free(self: Any) -> bool:
        """Whether somebody may take it."""
        return self.state == "open"

    def is_late(self: Any, today: date) -> bool:
        """Whether the day has passed while the work is ours; what lies with the client is not late."""
        ours = self.is_active and self.stands_in != "client_review"
        return ours and self.due_on is not None and self.due_on < today


class Task(Standing, OfProject, Searched, Versioned, Stamped, Model):
    """One piece of work for one department, made from a line of the approved smeta or by hand."""

    __tablename__ = "tasks"
    KIND: ClassVar[str] = "task"
    CONSTRAINTS = (
        UniqueConstraint("smeta_line_id", "ordinal"),
        UniqueConstraint("id", "client_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("state <> 'blocked' OR before_block <> ''", name="blocked_knows_where_it_was"),
        CheckConstraint("round > 0 AND rounds >= 0", name="rounds"),
        # What is late, and what a department has to do, without a look at all that was ever done.
        Index("ix_tasks_state_due", "state", "due_on"),
        Index("ix_tasks_department_state", "department", "state", "due_on"),
        # With what a week is planned by, for the load of everybody is asked for at once.
        Index(
            "ix_tasks_assignee_state", "assignee_id", "state", "due_on", "project_id", "starts_on", "estimate_minutes",
            "logged_minutes",
        ),
        Index("ix_tasks_client_state", "client_id", "state", "due_on"),
        # The nearest of all that lives, of some clients: one look at each client.
        Index("ix_tasks_live_of_client", "client_id", "due_on", "state", "department", **LIVE),
        # The same of a department.
        Index("ix_tasks_live_of_department", "department", "due_on", **LIVE),
        # What lies with a client, and since when; the state once more, so that no row is read for it.
        Index("ix_tasks_shown_to_client", "client_id", "shown_at", "is_public", "state", **SHOWN),
        Index("ix_tasks_shown_of_project", "project_id", "shown_at", **SHOWN),
        # What nobody has opened yet, project by project.
        Index("ix_tasks_planned", "project_id", "department", "assignee_id", "state", **PLANNED),
        Index("ix_tasks_project_state", "project_id", "state", "due_on"),
        # What of a project is due on some days, told by the index alone.
        Index("ix_tasks_project_due", "project_id", "due_on", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    smeta_line_id: Mapped[int | None] = mapped_column(ForeignKey("smeta_lines.id"))
    ordinal: Mapped[int] = mapped_column(default=1)
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="backlog")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    estimate_minutes: Mapped[int | None]
    # Kept by triggers of the time entries; nobody else writes it.
    logged_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    client_accepts: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=True)
    round: Mapped[int] = mapped_column(default=1)
    rounds: Mapped[int] = mapped_column(default=2)
    before_block: Mapped[str] = mapped_column(default="")
    blocked_reason: Mapped[str] = mapped_column(default="")
    blocked_for: Mapped[str] = mapped_column(default="")
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    # Since when the client is looking at it.
    shown_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    search_text: Mapped[str] = mapped_column(Folded, default="", index=True)
    project: Mapped[Project] = relationship(
        foreign_keys="Task.project_id", primaryjoin="Task.project_id == Project.id",
    )
    line: Mapped[SmetaLine | None] = relationship()
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id])
    marks: Mapped[list["TaskMark"]] = relationship(cascade="all, delete-orphan")
    due_moves: Mapped[list["DueMove"]] = relationship(order_by="DueMove.id")
    deliveries: Mapped[list["Delivery"]] = relationship(
        order_by="Delivery.n", back_populates="task", foreign_keys="Delivery.task_id",
    )

    @property
    def is_over_rounds(self) -> bool:
        """Whether more rounds were asked for than the estimate includes."""
        return self.round > self.rounds

    @property
    def project_name(self) -> str:
        """What its project is called."""
        return self.project.name

    @property
    def client_name(self) -> str:
        """Whom it is for."""
        return self.project.client.name

    @property
    def assignee_name(self) -> str | None:
        """Who does it."""
        return self.assignee.name if self.assignee else None

    @property
    def last_delivery(self) -> "Delivery | None":
        """The newest version that was handed in."""
        return self.deliveries[-1] if self.deliveries else None


class TaskMark(Model):
    """A requirement the task answers."""

    __tablename__ = "task_marks"
    __table_args__ = (UniqueConstraint("task_id", "requirement_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id"), index=True)
    requirement: Mapped[Requirement] = relationship()


class DueMove(Stamped, Model):
    """A due date that moved: what it was, what it became, and why."""

    __tablename__ = "due_moves"
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    was_on: Mapped[date]
    becomes_on: Mapped[date]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    by: Mapped[Person] = relationship()


VERDICTS = ("", "returned", "passed", "accepted", "sent_back")


class Delivery(OfProject, Stamped, Model):
    """A version that was handed in, and what its checks said.

    `kept` holds what the maker ticked (requirement ids and remarks of the round before), `checks`
    what the head ticked, `remarks` what came back; `shown_at` is when the client got it.
    """

    __tablename__ = "deliveries"
    KIND: ClassVar[str] = "delivery"
    CONSTRAINTS = (
        UniqueConstraint("task_id", "n"),
        ForeignKeyConstraint(["task_id", "client_id"], ["tasks.id", "tasks.client_id"]),
        CheckConstraint(f"verdict IN {VERDICTS}", name="verdict"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    n: Mapped[int]
    round: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    kept: Mapped[Any] = mapped_column(Json, default=dict)
    checks: Mapped[Any] = mapped_column(Json, default=list)
    content_hash: Mapped[str] = mapped_column(default="")
    shown_at: Mapped[datetime | None] = mapped_column(Instant)
    verdict: Mapped[str] = mapped_column(default="")
    remarks: Mapped[Any] = mapped_column(Json, default=list)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    task: Mapped[Task] = relationship(back_populates="deliveries", foreign_keys=[task_id])
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])


logged.keep(Model.metadata)
