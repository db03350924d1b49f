"""What stands around a project, each kind in one question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import aliased, joinedload

from agency.attached.documents.models import Document
from agency.attached.promises.models import Promise
from agency.flow.projects.models import Project, ProjectStage, Requirement
from agency.flow.reports.material import Stage
from agency.flow.tasks.models import TaskMark
from agency.kit import journal
from agency.kit.db import ask, db, prepared
from agency.overview.project.work import Job
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.clients.history import told_to
from agency.people.departments.models import CODES

LATEST = 12
Behalf = aliased(Person)


def get(id: int) -> Project | None:
    """A project with its client and its manager."""
    return db.session.scalars(_project(), {"project": id}).first()


@prepared
def _project() -> Select[Project]:
    return select(Project).where(Project.id == bindparam("project")).options(
        joinedload(Project.client), persons.named(joinedload(Project.manager)),
    )


def stages(project_id: int) -> list[Stage]:
    """The stages of a project in their order."""
    return [Stage(*row) for row in ask(_stages(), project=project_id)]


@prepared
def _stages() -> Select[*tuple[Any, ...]]:
    stage = ProjectStage
    return select(
        stage.name, stage.planned_on, stage.forecast_on, stage.done_on, stage.ordinal, stage.started_on,
    ).where(stage.project_id == bindparam("project")).order_by(stage.ordinal)


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
    by_id, marked, found = {job.id: job for job in jobs}, set(), {}
    for id_, n, words, task_id, is_dropped in ask(_requirements(), project=project_id):
        marked.add(task_id)
        if not is_dropped:
            wanted = found.setdefault(id_, Wanted(n, words, []))
            if task_id in by_id:
                wanted.jobs.append(by_id[task_id])
    return list(found.values()), [job for job in jobs if job.department != "account" and job.id not in marked]


@prepared
def _requirements() -> Select[*tuple[Any, ...]]:
    return select(
        Requirement.id, Requirement.n, Requirement.words, TaskMark.task_id, Requirement.dropped_at.is_not(None),
    ).outerjoin(TaskMark, TaskMark.requirement_id == Requirement.id).where(
        Requirement.project_id == bindparam("project"),
    ).order_by(Requirement.n, TaskMark.task_id)


def papers(project_id: int) -> list[Any]:
    """Documents of the project that are ready, the newest of each; drafts of reports are previews, not papers."""
    newest: dict[tuple[str, int], Any] = {}
    for row in ask(_papers(), project=project_id):
        newest.setdefault((row.kind, row.subject_id), row)
    return list(newest.values())[:LATEST]


@prepared
def _papers() -> Select[*tuple[Any, ...]]:
    return select(Document.id, Document.kind, Document.subject_id, Document.title, Document.ready_at).where(
        Document.project_id == bindparam("project"), Document.state == "ready",
        or_(Document.audience == "client", Document.kind != "report"),
    ).order_by(Document.id.desc()).limit(5 * LATEST)


def promises(project_id: int) -> list[Any]:
    """The promises of the project, open ones first, then by day."""
    return list(ask(_promises(), project=project_id))


@prepared
def _promises() -> Select[*tuple[Any, ...]]:
    return select(Promise.id, Promise.words, Promise.state, Promise.due_on, Promise.moved_from).where(
        Promise.project_id == bindparam("project"),
    ).order_by(Promise.state != "open", Promise.due_on, Promise.id)


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
