"""All work of a project in one question: agreed lines, their tasks, and the time worked on each day."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import Select, String, bindparam, cast, func, select

from agency.attached.hours.models import TimeEntry
from agency.flow.smetas.models import Smeta, SmetaLine
from agency.flow.tasks.models import Task
from agency.flow.tasks.splitting import WITHOUT_WORK
from agency.kit import clock
from agency.kit.db import ask, prepared
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

    @property
    def span(self) -> tuple[date, date] | None:
        """The days from the first on which it may be worked to the last on which it is due; None without such."""
        dues = [job.due_on for job in self.jobs if job.due_on]
        if not dues:
            return None
        starts = [job.starts_on for job in self.jobs if job.starts_on]
        return min([*starts, max(dues)]), max(dues)

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
    jobs: list[Job] = []
    lines: dict[int, Line] = {}
    for line_id, net, worked, *told in ask(_rows(), project=project_id):
        line = lines.setdefault(line_id, Line(net)) if line_id is not None else None
        if told[0] is not None:
            jobs.append(Job(*told, _by_day(worked)))
            if line is not None:
                line.jobs.append(jobs[-1])
    return Work(list(lines.values()), sorted(jobs, key=lambda job: (job.due_on or date.max, job.id)))


def _by_day(told: str | None) -> dict[date, int]:
    """Minutes by day, out of pairs that the question has joined into one text."""
    found: dict[date, int] = {}
    for pair in told.split(",") if told else ():
        day, minutes = date.fromisoformat(pair[:10]), int(pair[11:])
        found[day] = found.get(day, 0) + minutes
    return found


@prepared
def _rows() -> Select[*tuple[Any, ...]]:
    line = (
        select(SmetaLine.id.label("line_id"), SmetaLine.net).join(Smeta, Smeta.id == SmetaLine.smeta_id)
        .where(
            Smeta.project_id == bindparam("project"), Smeta.state == "approved", SmetaLine.is_optional.is_(False),
            SmetaLine.kind.not_in(WITHOUT_WORK),
        ).subquery()
    )
    worked = (
        select(func.aggregate_strings(cast(TimeEntry.day, String) + ":" + cast(TimeEntry.minutes, String), ","))
        .where(TimeEntry.subject_kind == Task.KIND, TimeEntry.subject_id == Task.id).scalar_subquery()
    )
    head = (
        select(Person.name).join(Department, Department.head_id == Person.id)
        .where(Department.code == Task.department).scalar_subquery()
    )
    task = select(
        Task.id, Task.smeta_line_id, Task.department, Task.title, Task.state, Task.starts_on, Task.due_on,
        func.coalesce(Task.estimate_minutes, 0).label("estimate"), Task.assignee_id, Task.done_at,
        head.label("head"), worked.label("worked"),
    ).where(Task.project_id == bindparam("project"), Task.state != "cancelled").subquery()
    told = [column for column in task.c if column.name != "worked"]
    both = task.join(line, line.c.line_id == task.c.smeta_line_id, full=True)
    return select(line.c.line_id, line.c.net, task.c.worked, *told).select_from(both)


def until(days: list[date], sums: list[int], day: date) -> int:
    """What had been added up by the end of a day."""
    at = bisect_right(days, day)
    return sums[at - 1] if at else 0
