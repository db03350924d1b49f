"""Counts and shares over tasks: how far the departments are, what is worked off. Hours are for the agency alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from agency.attached.hours import queries as hours
from agency.flow.smetas.models import Smeta, SmetaLine
from agency.flow.tasks import progress
from agency.flow.tasks.models import Task
from agency.flow.tasks.splitting import WITHOUT_WORK
from agency.kit import clock
from agency.kit.db import db
from agency.people.agency import queries as agencies
from agency.people.departments.models import CODES


@dataclass(frozen=True)
class OfDepartment:
    """How far one department is with a project; times in minutes."""

    department: str
    done: int
    total: int
    late: int
    free: int
    logged: int
    estimate: int

    @property
    def percent(self) -> int:
        """Whole percents of the tasks that are done."""
        return 100 * self.done // self.total if self.total else 0


def progress_by_department(project_id: int, today: date | None = None) -> list[OfDepartment]:
    """How far each department with tasks is; planned tasks count as not done, cancelled ones not at all."""
    today = today or clock.today()
    tasks = list(db.session.scalars(select(Task).where(Task.project_id == project_id, Task.state != "cancelled")))
    logged = hours.logged_on(Task.KIND, [task.id for task in tasks])
    by_code = {code: [task for task in tasks if task.department == code] for code in CODES}
    return [_counted(code, its, logged, today) for code, its in by_code.items() if its]


def _counted(code: str, tasks: list[Task], logged: dict[int, int], today: date) -> OfDepartment:
    return OfDepartment(
        department=code, total=len(tasks), done=sum(task.state == "done" for task in tasks),
        late=sum(task.is_late(today) for task in tasks), free=sum(task.is_free for task in tasks),
        logged=sum(logged.get(task.id, 0) for task in tasks),
        estimate=sum(task.estimate_minutes or 0 for task in tasks),
    )  # fmt: skip


def worked_share(project_id: int) -> Fraction:
    """The share of the approved estimates worked off, 0 to 1."""
    return progress.worked(parts(project_id))


def planned_share(project_id: int, on: date) -> Fraction:
    """The share that should be worked off at the end of a day, 0 to 1."""
    return progress.planned(parts(project_id), on, agencies.calendar())


def parts(project_id: int) -> list[progress.Part]:
    """The lines of the approved estimates of a project with what their tasks say."""
    lines = db.session.scalars(
        select(SmetaLine).join(Smeta).where(
            Smeta.project_id == project_id, Smeta.state == "approved", SmetaLine.is_optional.is_(False),
            SmetaLine.kind.not_in(WITHOUT_WORK),
        ),
    )  # fmt: skip
    tasks: dict[int | None, list[Task]] = {}
    for task in db.session.scalars(select(Task).where(Task.project_id == project_id, Task.state != "cancelled")):
        tasks.setdefault(task.smeta_line_id, []).append(task)
    logged = hours.logged_on(Task.KIND, [task.id for its in tasks.values() for task in its])
    return [_part(line.net, tasks.get(line.id, []), logged) for line in lines]


def _part(net: int, tasks: list[Task], logged: dict[int, int]) -> progress.Part:
    estimates = [task.estimate_minutes for task in tasks if task.estimate_minutes]
    return progress.Part(
        net=net, is_done=bool(tasks) and all(task.state == "done" for task in tasks),
        logged=sum(logged.get(task.id, 0) for task in tasks), estimate=sum(estimates) or None,
        starts_on=_edge(min, (task.starts_on for task in tasks)), due_on=_edge(max, (task.due_on for task in tasks)),
    )  # fmt: skip


def _edge(pick: Callable[[list[date]], date], days: Iterable[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return pick(known) if known else None
