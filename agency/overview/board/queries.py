"""What the board asks: the live tasks of some departments, who works there, and how full their week is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from agency.attached.hours.models import TimeEntry
from agency.flow.projects.models import GOING, Project
from agency.flow.projects.queries import visible_to
from agency.flow.tasks.models import Task
from agency.flow.tasks.queries import LIVE, reach
from agency.kit.db import db
from agency.overview.board import load
from agency.people.accounts.models import Person, PersonRole
from agency.people.agency.calendars import WorkingCalendar
from agency.people.departments.models import Department

# More cards than this are no board but a heap: the nearest days are shown, then the next.
PAGE = 40
# People in the strip of the week unless all are asked for, and projects that wait to be opened.
FEW, EVERYBODY, WAITING = 12, 500, 8


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


def tasks(actor: Any, departments: Collection[str], only_mine: bool = False, after: int = 0) -> list[Task]:
    """Released and unfinished tasks of the departments, among those the actor sees, the nearest day first.

    One more than a page when there are more. Which ones is found in an index alone; only those are read.
    """
    nearest = (Task.due_on.is_(None), Task.due_on, Task.id)
    ids = select(Task.id).where(Task.state.in_(LIVE), Task.department.in_(departments))
    if not _sees_all_of(actor, departments):
        ids = ids.where(reach(actor))
    if only_mine:
        ids = ids.where(Task.assignee_id == actor.id)
    rows = select(Task).where(Task.id.in_(ids.order_by(*nearest).offset(after).limit(PAGE + 1))).join(Task.project)
    rows = rows.options(contains_eager(Task.project).joinedload(Project.client), joinedload(Task.assignee))
    return list(db.session.scalars(rows.order_by(*nearest)))


def _sees_all_of(actor: Any, departments: Collection[str]) -> bool:
    """Whether every task of these departments may be seen, so that nothing needs to be asked of each."""
    return actor.has("head", "specialist") and actor.departments.issuperset(departments)


def people(departments: Collection[str], first: Collection[int], most: int) -> dict[Person, str]:
    """Who works in the departments, some persons first and then by name, each with a department of theirs."""
    rows = select(Person, func.min(PersonRole.department)).join(PersonRole).where(
        PersonRole.department.in_(departments), Person.is_active,
    )  # fmt: skip
    rows = rows.group_by(Person.id).order_by(case((Person.id.in_(first), 0), else_=1), Person.sort_key, Person.id)
    return {person: department or "" for person, department in db.session.execute(rows.limit(most))}


def heads(departments: Collection[str]) -> dict[str, Person | None]:
    """Who heads each department."""
    rows = select(Department.code, Person).outerjoin(Person, Person.id == Department.head_id)
    found = db.session.execute(rows.where(Department.code.in_(departments)))
    return {row[0]: row[1] for row in found}


def planned(actor: Any, departments: Collection[str]) -> list[tuple[int, str, int]]:
    """Some projects with tasks that nobody has opened yet: id, name, how many."""
    waiting = (
        select(func.count()).where(
            Task.project_id == Project.id, Task.state == "backlog", Task.department.in_(departments), reach(actor),
        ).correlate(Project).scalar_subquery()
    )  # fmt: skip
    # Project by project until there are enough: never a count over all that is planned.
    rows = visible_to(actor).with_only_columns(Project.id, Project.name, waiting.label("n"))
    rows = rows.where(Project.state.in_(GOING), waiting > 0).order_by(Project.id).limit(WAITING)
    return [tuple(row) for row in db.session.execute(rows)]


def loads(staff: Mapping[Person, str], today: date, calendar: WorkingCalendar) -> list[Load]:
    """The week of everybody, from all the tasks in their hands, seen by the actor or not, and the time they logged."""
    ids = [person.id for person in staff]
    held, this_week = _held(ids), _logged(ids, load.week_of(today)[0])
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


def _logged(person_ids: Collection[int], monday: date) -> dict[int, int]:
    """Minutes of this week by person: a week is short, a past is long."""
    # By the index of days, so that nothing older is read.
    rows = select(TimeEntry.person_id, func.sum(TimeEntry.minutes)).where(
        TimeEntry.subject_kind == Task.KIND, TimeEntry.day >= monday, TimeEntry.person_id.in_(person_ids),
    )  # fmt: skip
    return {row[0]: int(row[1]) for row in db.session.execute(rows.group_by(TimeEntry.person_id))}
