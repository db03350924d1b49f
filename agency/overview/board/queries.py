"""What the board asks: the live tasks of some departments, who works there, and how full their week is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from agency.attached.hours.models import TimeEntry
from agency.flow.projects.models import Project
from agency.flow.tasks.models import Task
from agency.flow.tasks.queries import LIVE, reach
from agency.kit.db import db
from agency.overview.board import load
from agency.people.accounts.models import Person, PersonRole
from agency.people.agency.calendars import WorkingCalendar
from agency.people.departments.models import Department

# More cards than this are no board but a heap; the nearest days are shown.
MOST = 120
FEW = 50


@dataclass(frozen=True)
class Load:
    """How full the week of one person is, in minutes."""

    person: Person
    department: str
    busy: int
    capacity: int

    @property
    def is_over(self) -> bool:
        """Whether more is planned than the week holds."""
        return self.busy > self.capacity


def tasks(actor: Any, departments: Collection[str], only_mine: bool = False) -> list[Task]:
    """Released and unfinished tasks of the departments, among those the actor sees, the nearest day first."""
    rows = select(Task).join(Task.project).where(Task.state.in_(LIVE), Task.department.in_(departments), reach(actor))
    if only_mine:
        rows = rows.where(Task.assignee_id == actor.id)
    rows = rows.options(contains_eager(Task.project).joinedload(Project.client), joinedload(Task.assignee))
    return list(db.session.scalars(rows.order_by(Task.due_on.is_(None), Task.due_on, Task.id).limit(MOST)))


def people(departments: Collection[str]) -> dict[Person, str]:
    """Who works in the departments, by name, each with a department of theirs."""
    rows = select(Person, func.min(PersonRole.department)).join(PersonRole).where(
        PersonRole.department.in_(departments), Person.is_active,
    )  # fmt: skip
    found = db.session.execute(rows.group_by(Person.id).order_by(Person.sort_key, Person.id))
    return {person: department or "" for person, department in found}


def heads(departments: Collection[str]) -> dict[str, Person | None]:
    """Who heads each department; heads are usually among `people`, so nothing is asked twice."""
    rows = db.session.execute(select(Department.code, Department.head_id).where(Department.code.in_(departments)))
    return {code: db.session.get(Person, head_id) if head_id else None for code, head_id in rows}


def planned(actor: Any, departments: Collection[str]) -> list[tuple[int, str, int]]:
    """Projects with tasks that nobody has opened yet: id, name, how many."""
    rows = select(Project.id, Project.name, func.count()).join(Task, Task.project_id == Project.id).where(
        Task.state == "backlog", Task.department.in_(departments), reach(actor),
    )  # fmt: skip
    rows = rows.group_by(Project.id, Project.name).order_by(Project.id).limit(FEW)
    return [tuple(row) for row in db.session.execute(rows)]


def loads(staff: Mapping[Person, str], today: date, calendar: WorkingCalendar) -> list[Load]:
    """The week of everybody, from all the tasks in their hands, seen by the actor or not, and the time they logged."""
    ids = [person.id for person in staff]
    held, this_week = _held(ids), _logged(load.week_of(today)[0])
    full, spans = load.capacity(today, calendar), load.Spans()
    return [
        Load(
            person, department,
            load.busy(held.get(person.id, ()), this_week.get(person.id, 0), today, calendar, spans), full,
        )
        for person, department in staff.items()
    ]  # fmt: skip


def _held(person_ids: Collection[int]) -> dict[int, list[load.Held]]:
    """What is left of each task in somebody's hands, by person; what lies with the client does not count."""
    logged = (
        select(func.sum(TimeEntry.minutes)).where(TimeEntry.subject_kind == Task.KIND, TimeEntry.subject_id == Task.id)
        .correlate(Task).scalar_subquery()
    )  # fmt: skip
    rows = select(Task.assignee_id, Task.estimate_minutes, Task.starts_on, Task.due_on, logged).where(
        Task.assignee_id.in_(person_ids), Task.state.in_(LIVE), Task.state != "client_review",
    )  # fmt: skip
    found: dict[int, list[load.Held]] = {}
    for person_id, estimate, starts_on, due_on, minutes in db.session.execute(rows):
        left = max(0, (estimate or 0) - int(minutes or 0))
        found.setdefault(person_id or 0, []).append(load.Held(left, starts_on, due_on))
    return found


def _logged(monday: date) -> dict[int, int]:
    """Minutes of this week by person, of everybody: a week is short, a past is long."""
    # Grouped as the index of days stands, so that nothing older is read.
    rows = select(TimeEntry.person_id, func.sum(TimeEntry.minutes)).where(
        TimeEntry.subject_kind == Task.KIND, TimeEntry.day >= monday,
    ).group_by(TimeEntry.day, TimeEntry.person_id)  # fmt: skip
    found: dict[int, int] = {}
    for person_id, minutes in db.session.execute(rows):
        found[person_id] = found.get(person_id, 0) + int(minutes)
    return found
