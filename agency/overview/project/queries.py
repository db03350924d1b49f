"""What stands around a project, each kind in one question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from agency.attached.documents.models import Document
from agency.flow.projects.models import Project, Requirement
from agency.flow.tasks.models import TaskMark
from agency.kit import journal
from agency.kit.db import db
from agency.overview.project.work import Job
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.clients.history import told_to
from agency.people.departments.models import CODES

LATEST = 12
Behalf = aliased(Person)


def get(id: int) -> Project | None:
    """A project with everybody it names."""
    return db.session.scalars(
        select(Project).where(Project.id == id).options(
            joinedload(Project.client), joinedload(Project.manager), joinedload(Project.deputy),
            joinedload(Project.request), joinedload(Project.brand), joinedload(Project.stages),
        ),
    ).unique().first()


@dataclass(frozen=True)
class Track:
    """One department's part of a project, with its head's name; time is in minutes."""

    code: str
    done: int
    all: int
    spent: int
    planned: int
    left: int
    people: int
    next: Job | None
    head: str | None


def tracks(jobs: Sequence[Job]) -> list[Track]:
    """The departments that have tasks in the project, from its jobs in the order of their days."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.department, []).append(job)
    return [_track(code, found[code]) for code in CODES if code in found]


def _track(code: str, jobs: list[Job]) -> Track:
    return Track(
        code, sum(job.state == "done" for job in jobs), len(jobs), sum(job.spent for job in jobs),
        sum(job.estimate for job in jobs), sum(job.left for job in jobs),
        len({job.assignee_id for job in jobs if job.assignee_id and job.state != "done"}),
        next((job for job in jobs if job.is_ours and job.due_on), None), jobs[0].head,
    )


@dataclass
class Wanted:
    """A requirement of the client with the tasks that answer it."""

    n: int
    words: str
    jobs: list[Job]

    @property
    def done(self) -> int:
        """How many of its tasks are done."""
        return sum(job.state == "done" for job in self.jobs)

    @property
    def is_begun(self) -> bool:
        """Whether somebody works on it."""
        return any(job.state not in ("backlog", "open") for job in self.jobs)


def requirements(project_id: int, jobs: Sequence[Job]) -> tuple[list[Wanted], list[Job]]:
    """Living requirements by their mark, and the work of departments that answers none of them."""
    rows = db.session.execute(
        select(Requirement.id, Requirement.n, Requirement.words, TaskMark.task_id, Requirement.dropped_at)
        .outerjoin(TaskMark, TaskMark.requirement_id == Requirement.id)
        .where(Requirement.project_id == project_id).order_by(Requirement.n, TaskMark.task_id),
    )
    by_id, marked, found = {job.id: job for job in jobs}, set(), {}
    for id_, n, words, task_id, dropped_at in rows:
        marked.add(task_id)
        if dropped_at is None:
            wanted = found.setdefault(id_, Wanted(n, words, []))
            if task_id in by_id:
                wanted.jobs.append(by_id[task_id])
    return list(found.values()), [job for job in jobs if job.department != "account" and job.id not in marked]


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


def whole_journal(project_id: int, reader: Any) -> Iterator[Told]:
    """The same journal from its newest fact to its first, row by row."""
    rows = (
        select(journal.Fact, Person.name, Behalf.name).outerjoin(Person, Person.id == journal.Fact.actor_id)
        .outerjoin(Behalf, Behalf.id == journal.Fact.behalf_id)
        .where(journal.Fact.project_id == project_id, *told_to(reader)).order_by(journal.Fact.id.desc())
    )
    for fact, name, behalf in db.session.execute(rows.execution_options(yield_per=500)):
        yield Told(fact.at, journal.sentence(fact, persons.acted(name, behalf)), fact.audience == "client")
