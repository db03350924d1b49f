"""What the board asks: the live tasks of some departments, who works there, and what waits to be opened."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, func, select, true, union, union_all

from agency.flow.projects.models import GOING, Project
from agency.flow.projects.queries import reach as sees
from agency.flow.projects.queries import visible_to
from agency.flow.tasks.models import Standing, Task
from agency.flow.tasks.queries import LIVE, grants, reach
from agency.kit.db import Among, ask, prepared
from agency.people.accounts import anybody
from agency.people.accounts.anybody import Anybody
from agency.people.accounts.models import Person, PersonRole
from agency.people.clients.models import Client
from agency.people.departments.models import Department

# More cards than this are no board but a heap: the nearest days are shown, then the next.
PAGE = 40
# People in the strip of the week unless all are asked for, and projects that wait to be opened.
FEW, EVERYBODY, WAITING = 12, 500, 8
NEAREST = (Task.due_on.is_(None), Task.due_on, Task.id)


class _Columns(NamedTuple):
    id: int
    title: str
    state: str
    before_block: str
    department: str
    due_on: date | None
    shown_at: datetime | None
    round: int
    estimate_minutes: int | None
    blocked_reason: str
    client_id: int
    project_id: int
    assignee_id: int | None
    project_name: str
    client_name: str
    assignee_name: str | None


class Placed(Standing, _Columns):
    """A task as a card shows it; the rights of the task are asked of it too."""

    __slots__ = ()
    KIND = Task.KIND


class Colleague(NamedTuple):
    """Somebody who works in a department, by name."""

    id: int
    name: str
    department: str


def tasks(actor: Any, departments: Collection[str], only_mine: bool = False, after: int = 0) -> list[Placed]:
    """Released and unfinished tasks of the departments, among those the actor sees, the nearest day first.

    One more than a page when there are more. Which ones is found in an index alone; only those are read.
    """
    sees_all = _sees_all_of(actor, departments)
    question = _tasks(anybody.like(actor), sees_all, only_mine, len(departments) == 1)
    rows = ask(
        question, **anybody.of(actor), chosen=departments, one=next(iter(departments), ""), after=after,
        most=PAGE + 1, until=after + PAGE + 1,
    )  # fmt: skip
    return [Placed(*row) for row in rows.all()]


@prepared
def _tasks(who: Anybody, sees_all: bool, only_mine: bool, in_one: bool) -> Select[*tuple[Any, ...]]:
    if only_mine:
        ids = _nearest(Task.id, Task.assignee_id == who.id, true() if sees_all else reach(who))
    elif sees_all:
        ids = _nearest_of_one() if in_one else _nearest(Task.id)
    else:
        ids = _nearest_of_each(grants(who))
    ids = ids.offset(bindparam("after")).limit(bindparam("most"))
    named = (Project.name, Client.name, Person.name)
    rows = select(*(getattr(Task, name) for name in Placed._fields[: -len(named)]), *named).where(Task.id.in_(ids))
    rows = rows.join(Project, Project.id == Task.project_id).join(Client, Client.id == Project.client_id)
    return rows.outerjoin(Person, Person.id == Task.assignee_id).order_by(*NEAREST)


def _nearest(what: Any, *which: Any) -> Select[Any]:
    rows = select(what).where(Task.state.in_(LIVE), Task.department.in_(Among("chosen")), *which)
    return rows.order_by(*NEAREST)


def _nearest_of_each(reasons: Sequence[Any]) -> Select[int]:
    """The live tasks that may be seen: for each reason no more than are asked for, each reason by its own index."""
    def first(reason: Any) -> Any:
        rows = _nearest(Task.id, reason).add_columns(Task.due_on)
        return select(rows.limit(bindparam("until")).subquery())

    few = union(*map(first, reasons)).subquery().c
    return select(few.id).order_by(few.due_on.is_(None), few.due_on, few.id)


def _nearest_of_one() -> Select[int]:
    """The live tasks of one department, along an index of what lives: no more than are asked for, however many live."""
    def first(is_there: Any, *order: Any) -> Any:
        rows = select(Task.id, Task.due_on).where(Task.department == bindparam("one"), Task.state.in_(LIVE), is_there)
        return select(rows.order_by(*order).limit(bindparam("until")).subquery())

    dated, undated = Task.due_on.is_not(None), Task.due_on.is_(None)
    few = union_all(first(dated, Task.due_on, Task.id), first(undated, Task.id)).subquery().c
    return select(few.id).order_by(few.due_on.is_(None), few.due_on, few.id)


def _sees_all_of(actor: Any, departments: Collection[str]) -> bool:
    """Whether every task of these departments may be seen, so that nothing needs to be asked of each."""
    return actor.has("head", "specialist") and actor.departments.issuperset(departments)


def people(departments: Collection[str], first: Collection[int], most: int) -> list[Colleague]:
    """Who works in the departments, some persons first and then by name, each with a department of theirs."""
    enough = len(first) >= most
    found = ask(_people(enough), chosen=departments, first=list(first), most=most).all()
    if enough and len(found) < most:
        # Some of the first have left, or work elsewhere.
        found = ask(_people(enough=False), chosen=departments, first=list(first), most=most).all()
    return [Colleague(*row) for row in found]


@prepared
def _people(enough: bool) -> Select[int, str, str]:
    rows = select(Person.id, Person.name, func.coalesce(func.min(PersonRole.department), "")).join(PersonRole).where(
        PersonRole.department.in_(Among("chosen")), Person.is_active,
    )  # fmt: skip
    is_first = Person.id.in_(Among("first"))
    # Everybody is only put in order where those who come first may not be enough.
    order = () if enough else (case((is_first, 0), else_=1),)
    rows = rows.where(is_first) if enough else rows
    return rows.group_by(Person.id).order_by(*order, Person.sort_key, Person.id).limit(bindparam("most"))


def heads(departments: Collection[str]) -> dict[str, str | None]:
    """The name of who heads each department."""
    return {row.code: row.name for row in ask(_heads(), chosen=departments)}


@prepared
def _heads() -> Select[str, str | None]:
    rows = select(Department.code, Person.name).outerjoin(Person, Person.id == Department.head_id)
    return rows.where(Department.code.in_(Among("chosen")))


def planned(actor: Any, departments: Collection[str]) -> Sequence[tuple[int, str, int]]:
    """Some projects with tasks that nobody has opened yet: id, name, how many."""
    return ask(_planned(anybody.like(actor)), **anybody.of(actor), chosen=departments).all()


@prepared
def _planned(who: Anybody) -> Select[int, str, int]:
    waits = (Task.state == "backlog", Task.department.in_(Among("chosen")), reach(who))
    if "every" in sees(who):
        return _first_planned(waits)

    def waiting(what: Any) -> Select[Any]:
        return select(what).where(Task.project_id == Project.id, *waits).correlate(Project)

    # Project by project until there are enough, and only of those counted: never all that is planned.
    going = visible_to(who).with_only_columns(Project.id).where(Project.state.in_(GOING))
    n = waiting(func.count()).scalar_subquery()
    rows = select(Project.id, Project.name, n.label("n")).where(Project.id.in_(going), waiting(Task.id).exists())
    return rows.order_by(Project.id).limit(WAITING)


def _first_planned(waits: Sequence[Any]) -> Select[int, str, int]:
    """To whoever sees all projects: along what is planned, which lies project by project, until there are enough."""
    is_going = select(Project.id).where(Project.id == Task.project_id, Project.state.in_(GOING)).exists()
    found = select(Task.project_id, func.count().label("n")).where(*waits, is_going).group_by(Task.project_id)
    few = found.order_by(Task.project_id).limit(WAITING).subquery().c
    return select(Project.id, Project.name, few.n).join(Project, Project.id == few.project_id).order_by(Project.id)
