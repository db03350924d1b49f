"""All work of a project in one question: agreed lines, their tasks, and the time worked on each day."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import func, select

from agency.attached.hours.models import TimeEntry
from agency.flow.smetas.models import Smeta, SmetaLine
from agency.flow.tasks.models import Task
from agency.flow.tasks.splitting import WITHOUT_WORK
from agency.kit import clock
from agency.kit.db import db
from agency.people.accounts.models import Person
from agency.people.departments.models import Department

OVER = ("done", "client_review")


@dataclass
class Job:
    """A task with what the project page asks about; `worked` is minutes by day."""

    id: int
    line_id: int | None
    department: str
    title: str
    state: str
    starts_on: date | None
    due_on: date | None
    estimate: int
    assignee_id: int | None
    done_at: datetime | None
    head: str | None
    worked: dict[date, int] = field(default_factory=dict)

    @property
    def spent(self) -> int:
        """Minutes worked on it."""
        return sum(self.worked.values())

    @property
    def left(self) -> int:
        """Minutes still planned, none when it is done."""
        return 0 if self.state == "done" else max(0, self.estimate - self.spent)

    @property
    def is_ours(self) -> bool:
        """Whether the day matters to us: neither done nor in the client's hands."""
        return self.state not in OVER

    @property
    def done_on(self) -> date | None:
        """The day it was done; one that nobody wrote down was long ago."""
        if self.state != "done":
            return None
        return clock.local(self.done_at).date() if self.done_at else date.min


@dataclass
class Line:
    """An agreed line of work with its tasks; `net` in minor units."""

    net: int
    jobs: list[Job] = field(default_factory=list)

    @property
    def done_on(self) -> date | None:
        """The day its last task was done, None while one is not."""
        days = [job.done_on for job in self.jobs if job.done_on]
        return max(days) if days and len(days) == len(self.jobs) else None

    @property
    def estimate(self) -> int:
        """Minutes its tasks are to take."""
        return sum(job.estimate for job in self.jobs)

    def logged(self) -> tuple[list[date], list[int]]:
        """The days it was worked on, in order, and all minutes worked until the end of each."""
        days: dict[date, int] = {}
        for job in self.jobs:
            for day, minutes in job.worked.items():
                days[day] = days.get(day, 0) + minutes
        order = sorted(days)
        return order, list(accumulate(days[day] for day in order))


@dataclass(frozen=True)
class Work:
    """The lines, and every task that was not cancelled, of a line or of none."""

    lines: list[Line]
    jobs: list[Job]


def of(project_id: int) -> Work:
    """The work of a project, one question however much of it there is."""
    jobs: dict[int, Job] = {}
    lines: dict[int, Line] = {}
    for row in db.session.execute(_rows(project_id)):
        if row.line_id is not None:
            lines.setdefault(row.line_id, Line(row.net))
        if row.id is None:
            continue
        if row.id not in jobs:
            jobs[row.id] = Job(
                row.id, row.smeta_line_id, row.department, row.title, row.state, row.starts_on, row.due_on,
                row.estimate_minutes or 0, row.assignee_id, row.done_at, row.head,
            )
            if row.line_id is not None:
                lines[row.line_id].jobs.append(jobs[row.id])
        if row.day is not None:
            jobs[row.id].worked[row.day] = int(row.minutes)
    return Work(list(lines.values()), sorted(jobs.values(), key=lambda job: (job.due_on or date.max, job.id)))


def _rows(project_id: int) -> Any:
    line = (
        select(SmetaLine.id.label("line_id"), SmetaLine.net).join(Smeta, Smeta.id == SmetaLine.smeta_id)
        .where(
            Smeta.project_id == project_id, Smeta.state == "approved", SmetaLine.is_optional.is_(False),
            SmetaLine.kind.not_in(WITHOUT_WORK),
        ).subquery()
    )
    task = select(
        Task.id, Task.smeta_line_id, Task.department, Task.title, Task.state, Task.starts_on, Task.due_on,
        Task.estimate_minutes, Task.assignee_id, Task.done_at,
    ).where(Task.project_id == project_id, Task.state != "cancelled").subquery()
    time = (
        select(TimeEntry.subject_id, TimeEntry.day, func.sum(TimeEntry.minutes).label("minutes"))
        .where(TimeEntry.project_id == project_id, TimeEntry.subject_kind == Task.KIND)
        .group_by(TimeEntry.subject_id, TimeEntry.day).subquery()
    )
    tables = (
        task.join(line, line.c.line_id == task.c.smeta_line_id, full=True)
        .outerjoin(time, time.c.subject_id == task.c.id)
        .outerjoin(Department, Department.code == task.c.department).outerjoin(Person, Person.id == Department.head_id)
    )
    return select(task, line, time.c.day, time.c.minutes, Person.name.label("head")).select_from(tables)


def until(days: list[date], sums: list[int], day: date) -> int:
    """What had been added up by the end of a day."""
    at = bisect_right(days, day)
    return sums[at - 1] if at else 0
