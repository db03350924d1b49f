"""Tasks as rows of lists: what is in a person's hand, may be taken or waits for the check; what a project has begun."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from agency.flow.projects.models import Project
from agency.flow.tasks.models import Standing, Task
from agency.flow.tasks.queries import LIVE, MOST
from agency.kit.db import Among, ask, prepared
from agency.people.accounts.models import Person
from agency.people.clients.models import Client

# What lies with somebody else stands after what one can do oneself.
ELSEWHERE = ("in_review", "client_review", "blocked")
ORDER = (Task.due_on.is_(None), Task.due_on, Task.id)


class _Columns(NamedTuple):
    id: int
    title: str
    state: str
    before_block: str
    due_on: date | None
    shown_at: datetime | None
    round: int
    estimate_minutes: int | None
    blocked_reason: str
    project_name: str
    client_name: str
    assignee_name: str | None


class Listed(Standing, _Columns):
    """A task as a row of one's own list shows it."""

    __slots__ = ()


def in_hand(actor: Any) -> list[Listed]:
    """What the actor has in hand: first what the actor can do, the nearest day first."""
    found = [Listed(*row) for row in ask(_in_hand(), actor=actor.id)]
    return sorted(found, key=lambda task: task.state in ELSEWHERE)


@prepared
def _in_hand() -> Select[*tuple[Any, ...]]:
    return _rows().where(Task.assignee_id == bindparam("actor"), Task.state.in_(LIVE)).order_by(*ORDER)


def free(actor: Any) -> list[Listed]:
    """What the actor may take: open tasks of the actor's departments, the nearest day first."""
    return _open("open", actor, of_all=False)


def to_check(actor: Any) -> list[Listed]:
    """What waits for the actor's check: versions handed in to the departments the actor heads (an owner: all)."""
    return _open("in_review", actor, of_all=actor.has("owner")) if actor.has("head", "owner") else []


def _open(state: str, actor: Any, of_all: bool) -> list[Listed]:
    found = ask(_of_departments(of_all), state=state, departments=actor.departments)
    return [Listed(*row) for row in found]


@prepared
def _of_departments(of_all: bool) -> Select[*tuple[Any, ...]]:
    """Which ones is found in an index alone; only those are read."""
    ids = select(Task.id).where(Task.state == bindparam("state")).order_by(*ORDER).limit(MOST)
    if not of_all:
        ids = ids.where(Task.department.in_(Among("departments")))
    return _rows().where(Task.id.in_(ids)).order_by(*ORDER)


class _Begun(NamedTuple):
    id: int
    title: str
    state: str
    before_block: str
    due_on: date | None
    department: str
    project_id: int
    client_id: int
    assignee_id: int | None
    assignee_name: str | None


class Begun(Standing, _Begun):
    """A task of a project that its department has already."""

    __slots__ = ()


def begun(project_id: int) -> list[Begun]:
    """The tasks of a project that are neither planned only nor cancelled, by day."""
    return [Begun(*row) for row in ask(_begun(), project=project_id)]


@prepared
def _begun() -> Select[*tuple[Any, ...]]:
    rows = select(
        Task.id, Task.title, Task.state, Task.before_block, Task.due_on, Task.department, Task.project_id,
        Task.client_id, Task.assignee_id, Person.name,
    ).outerjoin(Person, Person.id == Task.assignee_id)
    not_begun = Task.state.in_(("backlog", "cancelled"))
    return rows.where(Task.project_id == bindparam("project"), ~not_begun).order_by(*ORDER)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Task.id, Task.title, Task.state, Task.before_block, Task.due_on, Task.shown_at, Task.round,
            Task.estimate_minutes, Task.blocked_reason, Project.name, Client.name, Person.name,
        )
        .join(Project, Project.id == Task.project_id).join(Client, Client.id == Task.client_id)
        .outerjoin(Person, Person.id == Task.assignee_id)
    )
