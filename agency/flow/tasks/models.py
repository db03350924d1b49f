"""Tasks in the departments' queues, their moved dates, handed-in versions and checks."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.projects.models import OfProject, Project, Requirement
from agency.flow.smetas.models import SmetaLine
from agency.kit.db import Instant, Json, Model, Stamped, Versioned
from agency.people.accounts.models import Person

STATES = (
    "backlog", "open", "taken", "in_progress", "in_review", "client_review", "done", "blocked", "cancelled",
)


class Task(OfProject, Versioned, Stamped, Model):
    """One piece of work for one department, made from a line of the approved smeta or by hand."""

    __tablename__ = "tasks"
    KIND: ClassVar[str] = "task"
    CONSTRAINTS = (
        UniqueConstraint("smeta_line_id", "ordinal"),
        Index("ix_tasks_department_state", "department", "state"),
        Index("ix_tasks_assignee_state", "assignee_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    smeta_line_id: Mapped[int | None] = mapped_column(ForeignKey("smeta_lines.id"))
    ordinal: Mapped[int] = mapped_column(default=1)
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="backlog", index=True)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    estimate_minutes: Mapped[int | None]
    client_accepts: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=True)
    round: Mapped[int] = mapped_column(default=1)
    rounds: Mapped[int] = mapped_column(default=2)
    before_block: Mapped[str] = mapped_column(default="")
    blocked_reason: Mapped[str] = mapped_column(default="")
    blocked_for: Mapped[str] = mapped_column(default="")
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    search_text: Mapped[str] = mapped_column(default="", index=True)
    project: Mapped[Project] = relationship(
        foreign_keys="Task.project_id", primaryjoin="Task.project_id == Project.id",
    )
    line: Mapped[SmetaLine | None] = relationship()
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id])
    marks: Mapped[list["TaskMark"]] = relationship(cascade="all, delete-orphan")
    due_moves: Mapped[list["DueMove"]] = relationship(order_by="DueMove.id")
    deliveries: Mapped[list["Delivery"]] = relationship(order_by="Delivery.n", back_populates="task")


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


class Delivery(OfProject, Stamped, Model):
    """A version that was handed in, and what its checks said."""

    __tablename__ = "deliveries"
    KIND: ClassVar[str] = "delivery"
    CONSTRAINTS = (UniqueConstraint("task_id", "n"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    n: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    verdict: Mapped[str] = mapped_column(default="")
    remarks: Mapped[Any] = mapped_column(Json, default=list)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    task: Mapped[Task] = relationship(back_populates="deliveries")
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
