"""What stands around a project, each kind in one question."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from agency.attached.documents.models import Document
from agency.attached.hours.models import TimeEntry
from agency.flow.projects.models import Project, Requirement
from agency.flow.tasks.models import Task, TaskMark
from agency.kit import journal
from agency.kit.db import db
from agency.people.accounts.models import Person
from agency.people.departments.models import CODES, Department

LATEST = 12
ALL = 200


def get(id: int) -> Project | None:
    """A project with everybody it names."""
    return db.session.scalars(
        select(Project).where(Project.id == id).options(
            joinedload(Project.client), joinedload(Project.manager), joinedload(Project.deputy),
            joinedload(Project.request), joinedload(Project.brand), selectinload(Project.stages),
        ),
    ).first()


@dataclass(frozen=True)
class Track:
    """One department's part of a project, with its head's name; time is in minutes."""

    code: str
    done: int
    all: int
    spent: int
    planned: int
    next_on: date | None
    head: str | None


def tracks(project_id: int) -> list[Track]:
    """The departments that have tasks in the project."""
    is_open = Task.state.not_in(("done", "cancelled", "client_review"))
    logged = (
        select(TimeEntry.subject_id.label("task_id"), func.sum(TimeEntry.minutes).label("minutes"))
        .where(TimeEntry.project_id == project_id, TimeEntry.subject_kind == "task")
        .group_by(TimeEntry.subject_id).subquery()
    )
    rows = db.session.execute(
        select(
            Task.department, func.sum(case((Task.state == "done", 1), else_=0)), func.count(),
            func.coalesce(func.sum(Task.estimate_minutes), 0), func.coalesce(func.sum(logged.c.minutes), 0),
            func.min(case((is_open, Task.due_on))), Person.name,
        )
        .outerjoin(logged, logged.c.task_id == Task.id)
        .join(Department, Department.code == Task.department).outerjoin(Person, Person.id == Department.head_id)
        .where(Task.project_id == project_id, Task.state != "cancelled").group_by(Task.department, Person.name),
    ).all()
    found = [
        Track(code, done, everything, int(spent), planned, _day(due), head)
        for code, done, everything, planned, spent, due, head in rows
    ]
    return sorted(found, key=lambda track: CODES.index(track.code))


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Wanted:
    """A requirement of the client and how many of its tasks are done."""

    n: int
    words: str
    done: int
    all: int


def requirements(project_id: int) -> list[Wanted]:
    """Living requirements by their mark, with the progress of their tasks."""
    rows = db.session.execute(
        select(
            Requirement.n, Requirement.words, func.count(Task.id),
            func.coalesce(func.sum(case((Task.state == "done", 1), else_=0)), 0),
        )
        .outerjoin(TaskMark, TaskMark.requirement_id == Requirement.id)
        .outerjoin(Task, (Task.id == TaskMark.task_id) & (Task.state != "cancelled"))
        .where(Requirement.project_id == project_id, Requirement.dropped_at.is_(None))
        .group_by(Requirement.id, Requirement.n, Requirement.words).order_by(Requirement.n),
    )
    return [Wanted(n, words, done, everything) for n, words, everything, done in rows]


def papers(project_id: int) -> list[Document]:
    """Documents of the project that are ready, the newest of each; drafts of reports are previews, not papers."""
    rows = db.session.scalars(
        select(Document).where(
            Document.project_id == project_id, Document.state == "ready",
            or_(Document.audience == "client", Document.kind != "report"),
        ).order_by(Document.id.desc()).limit(5 * LATEST),
    )
    newest: dict[tuple[str, int], Document] = {}
    for row in rows:
        newest.setdefault((row.kind, row.subject_id), row)
    return list(newest.values())[:LATEST]


@dataclass(frozen=True)
class Told:
    """One fact as it is told: when, in words, and whether the client may know it."""

    at: Any
    words: str
    for_client: bool


# What the journal leaves out: it is told elsewhere on the page, or is nobody's news.
UNTOLD = ("link.made", "hours.logged", "hours.corrected", "document.ready", "mail.sent", "smeta.edited")
MONEY = ("smeta.%", "payment.%")


def journal_of(project_id: int, only: str = "", most: int = LATEST) -> list[Told]:
    """The latest facts of the project in words: all, or only what concerns the client or the money."""
    told = [journal.Fact.project_id == project_id, journal.Fact.verb.not_in(UNTOLD)]
    if only == "client":
        told.append(journal.Fact.audience == "client")
    elif only == "money":
        told.append(or_(*(journal.Fact.verb.like(kind) for kind in MONEY)))
    rows = db.session.execute(
        select(journal.Fact, Person.name).outerjoin(Person, Person.id == journal.Fact.actor_id)
        .where(*told).order_by(journal.Fact.id.desc()).limit(most),
    )
    return [Told(fact.at, journal.sentence(fact, name or ""), fact.audience == "client") for fact, name in rows]


def whole_journal(project_id: int) -> Iterator[Told]:
    """The same journal from its newest fact to its first, row by row."""
    rows = (
        select(journal.Fact, Person.name).outerjoin(Person, Person.id == journal.Fact.actor_id)
        .where(journal.Fact.project_id == project_id, journal.Fact.verb.not_in(UNTOLD)).order_by(journal.Fact.id.desc())
    )
    for fact, name in db.session.execute(rows.execution_options(yield_per=500)):
        yield Told(fact.at, journal.sentence(fact, name or ""), fact.audience == "client")
