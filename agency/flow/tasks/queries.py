"""The questions asked about tasks; lists keep to what the actor may see."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, false, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from agency.attached.files.models import File
from agency.flow.projects.models import Project, Requirement
from agency.flow.smetas.models import SmetaLine
from agency.flow.tasks.models import ACTIVE, Delivery, DueMove, Task, TaskMark
from agency.kit import clock
from agency.kit.db import Among, ask, db, prepared
from agency.people.accounts.anybody import looked_after
from agency.people.accounts.models import Person
from agency.people.clients.models import Client
from agency.people.departments.models import Department

SEES_ALL = ("owner", "admin")
# Nobody reads more rows of one list than this; the nearest days stand first.
MOST = 25
LIVE = (*ACTIVE, "blocked")


def get(id: int) -> Task | None:
    """A task by id."""
    return db.session.get(Task, id)


def whole(id: int) -> Task | None:
    """A task with everything its page shows but the names of persons, which `beside` tells."""
    return db.session.scalars(_whole(), {"task": id}).unique().first()


@prepared
def _whole() -> Select[Task]:
    # What it hangs on is read for what the page says of it: each column of it costs as much as one of the task.
    project, requirement = joinedload(Task.project), joinedload(Task.marks).joinedload(TaskMark.requirement)
    said = requirement.load_only(Requirement.n, Requirement.words, Requirement.said_by, Requirement.said_on)
    return select(Task).where(Task.id == bindparam("task")).options(
        project.load_only(Project.client_id, Project.name), project.joinedload(Project.client).load_only(Client.name),
        joinedload(Task.line).load_only(SmetaLine.title, SmetaLine.unit, SmetaLine.quantity), said,
        joinedload(Task.due_moves), joinedload(Task.deliveries),
    )


class Beside(NamedTuple):
    """Full names of everybody who had a part in a task, by id, and of who heads its department."""

    names: Mapping[int | None, str]
    head: str | None


def beside(task: Task) -> Beside:
    """Who had a part in a task that was read whole."""
    ids = {task.assignee_id, *(move.by_id for move in task.due_moves)}
    ids |= {id for version in task.deliveries for id in (version.by_id, version.checked_by_id)}
    rows = ask(_beside(), ids=[id for id in ids if id is not None], department=task.department).all()
    return Beside({row.id: row.name for row in rows}, next((row.name for row in rows if row.is_head), None))


@prepared
def _beside() -> Select[*tuple[Any, ...]]:
    head = select(Department.head_id).where(Department.code == bindparam("department")).scalar_subquery()
    rows = select(Person.id, Person.name, (Person.id == head).label("is_head"))
    return rows.where(or_(Person.id.in_(Among("ids")), Person.id == head))


def has_work_for(project_id: int, actor: Any) -> bool:
    """Whether a project has a task of the actor's own or of the actor's departments."""
    values = {"project": project_id, "who": actor.id, "departments": list(actor.departments)}
    return ask(_work_for(), **values).first() is not None


@prepared
def _work_for() -> Select[int]:
    own = or_(Task.assignee_id == bindparam("who"), Task.department.in_(Among("departments")))
    return select(Task.id).where(Task.project_id == bindparam("project"), own).limit(1)


def reach(actor: Any) -> ColumnElement[bool]:
    """Which tasks a member of staff may see, as the policy grants `task.view`."""
    return or_(*grants(actor))


def grants(actor: Any) -> list[ColumnElement[bool]]:
    """The same, each reason to see a task by itself."""
    if actor.kind == "system" or actor.has(*SEES_ALL):
        return [true()]
    if actor.kind != "staff":
        return [false()]
    reasons: list[ColumnElement[bool]] = [Task.assignee_id == actor.id]
    if actor.has("head", "specialist"):
        reasons.append(Task.department.in_(actor.departments))
    if actor.has("account_manager"):
        reasons += looked_after(actor, Task.client_id, Task.project_id)
    return reasons


def _rows() -> Select[Task]:
    """Tasks with what a row or a card shows, those that burn first."""
    rows = select(Task).join(Task.project).options(
        contains_eager(Task.project).joinedload(Project.client), joinedload(Task.assignee),
    )  # fmt: skip
    return rows.order_by(Task.due_on.is_(None), Task.due_on, Task.id)


def mine(actor: Any) -> list[Task]:
    """What the actor has in hand, the nearest day first."""
    return list(db.session.scalars(_rows().where(Task.assignee_id == actor.id, Task.state.in_(LIVE))))


def at_client(actor: Any) -> list[Task]:
    """Versions that the client is to accept, among the tasks the actor sees."""
    return list(db.session.scalars(_rows().where(Task.state == "client_review", reach(actor))))


def overdue_for(actor: Any, today: date | None = None) -> list[Task]:
    """Late work of ours among the tasks the actor sees; what lies with the client is not late."""
    rows = _rows().where(reach(actor), Task.due_on < (today or clock.today()), Task.state.in_(LIVE))
    return [task for task in db.session.scalars(rows) if task.stands_in != "client_review"]


def waiting_for_release(actor: Any) -> list[Task]:
    """Planned tasks that nobody has opened yet, among those the actor sees."""
    return list(db.session.scalars(_rows().where(Task.state == "backlog", reach(actor))))


def of_project(project_id: int) -> list[Task]:
    """Every task of a project that was not cancelled, by department and day."""
    return list(db.session.scalars(
        _rows().where(Task.project_id == project_id, Task.state != "cancelled"),
    ))


def listed(actor: Any, project_id: int = 0) -> Iterator[Task]:
    """The live tasks the actor sees, or every one of a project that was not cancelled, row by row."""
    rows = _rows().where(reach(actor))
    if project_id:
        rows = rows.where(Task.project_id == project_id, Task.state != "cancelled")
    else:
        rows = rows.where(Task.state.in_((*LIVE, "backlog")))
    yield from db.session.scalars(rows.execution_options(yield_per=500))


def planned(project_id: int) -> list[Task]:
    """The tasks of a project that are not open yet, in the order of the estimate."""
    return list(db.session.scalars(_planned(), {"project": project_id}))


@prepared
def _planned() -> Select[Task]:
    rows = select(Task).where(Task.project_id == bindparam("project"), Task.state == "backlog")
    return rows.order_by(Task.smeta_line_id, Task.id)


def split_already(line_ids: Collection[int]) -> set[tuple[int, int]]:
    """The (line, ordinal) pairs that are tasks already."""
    rows = select(Task.smeta_line_id, Task.ordinal).where(Task.smeta_line_id.in_(line_ids))
    return {(line_id, ordinal) for line_id, ordinal in db.session.execute(rows) if line_id is not None}


def requirement_ids(project_id: int) -> set[int]:
    """The requirements a task of the project may answer."""
    return set(db.session.scalars(select(Requirement.id).where(Requirement.project_id == project_id)))


def due_moves_of(project_id: int, since: datetime, until: datetime | None = None) -> list[tuple[Task, DueMove]]:
    """Dates of public tasks that moved in a span, oldest first; a report may not leave one out."""
    rows = select(Task, DueMove).join(DueMove, DueMove.task_id == Task.id).where(
        Task.project_id == project_id, Task.is_public, DueMove.created_at >= since,
    )  # fmt: skip
    if until is not None:
        rows = rows.where(DueMove.created_at < until)
    return [(task, move) for task, move in db.session.execute(rows.order_by(DueMove.id))]


def done_between(project_id: int, since: datetime, until: datetime) -> list[Task]:
    """Public tasks that were finished in a span, by the instant."""
    rows = _rows().where(Task.project_id == project_id, Task.is_public, Task.done_at >= since, Task.done_at < until)
    return list(db.session.scalars(rows.order_by(None).order_by(Task.done_at, Task.id)))


def files_of(deliveries: Iterable[Delivery]) -> dict[int, list[Any]]:
    """The files of many versions, by the version's id: id, name, size, audience, and whose they are."""
    ids = [delivery.id for delivery in deliveries]
    if not ids:
        return {}
    found: dict[int, list[Any]] = {}
    for file in ask(_files(), deliveries=ids):
        found.setdefault(file.subject_id, []).append(file)
    return found


@prepared
def _files() -> Select[*tuple[Any, ...]]:
    rows = select(File.id, File.subject_id, File.name, File.size, File.audience, File.client_id, File.project_id)
    of_one = File.subject_id.in_(Among("deliveries"))
    return rows.where(File.subject_kind == Delivery.KIND, of_one).order_by(File.id)
