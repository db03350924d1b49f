"""Questions about projects; lists keep to what the actor may see."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload, selectinload

from agency.flow.projects.models import GOING, Project, ProjectStage
from agency.kit.db import Among, ask, by_id, db, prepared
from agency.kit.db.paging import FIRST, Leaf, Listing, Stretch, Turn
from agency.kit.db.typed import holding, typed
from agency.people.accounts.models import Person
from agency.people.clients.models import Brand, Client

# More than anybody has at one agency.
IN_CABINET = 26


def get(id: int) -> Project | None:
    """A project by id."""
    return by_id(Project, id)


def whole(id: int) -> Project | None:
    """A project with its client, manager and stages, in one question."""
    return db.session.scalars(_whole(), {"project": id}).unique().first()


@prepared
def _whole() -> Select[Project]:
    return select(Project).where(Project.id == bindparam("project")).options(
        joinedload(Project.client), joinedload(Project.manager), joinedload(Project.stages),
    )


def one(id: int) -> Project:
    """The project of a row that is bound to one; raises NoResultFound when it is not there."""
    return db.session.get_one(Project, id)


def by_number(number: str) -> Project | None:
    """A project by its number."""
    return db.session.scalars(select(Project).where(Project.number == number)).first()


def of_request(request_id: int) -> Project | None:
    """The project that was opened from a request."""
    return db.session.scalars(select(Project).where(Project.request_id == request_id)).first()


def visible_to(actor: Any) -> Select[Project]:
    """The projects an actor may see, as the policy grants `project.view`."""
    return select(Project).where(_seen(reach(actor), reached(actor)))


def reach(actor: Any) -> tuple[str, ...]:
    """By what an actor sees projects: everything, own clients, own projects, work of a department, or one link."""
    if actor.kind == "system" or actor.has("owner", "admin", "head", "finance"):
        return ("every",)
    if actor.kind == "contact":
        is_whole = actor.link is None or not (actor.link.project_id or actor.link.request_id)
        return ("clients",) if is_whole else ("linked",)
    granted = {"account_manager": ("clients",), "specialist": ("departments",)}
    # A manager's projects are of the own clients, but for those of others.
    own = () if actor.has("account_manager") and not actor.has_others else ("projects",)
    return (*own, *(way for role, ways in granted.items() if actor.has(role) for way in ways))


def reached(actor: Any) -> dict[str, Any]:
    """The values of the same ways."""
    manages = actor.has("account_manager")
    return {
        "clients": actor.client_ids, "projects": actor.other_project_ids if manages else actor.project_ids,
        "departments": actor.departments, "linked": actor.link.project_id if actor.link else None,
    }


BINDS: Mapping[str, Any] = {
    "clients": Among("clients"), "projects": Among("projects"),
    "departments": Among("departments"), "linked": bindparam("linked"),
}


def _seen(ways: tuple[str, ...], values: Mapping[str, Any]) -> ColumnElement[bool]:
    """The projects of one of these ways, by values or by the binds of a prepared question."""
    # The table of tasks belongs to a room above this one; it is read by name.
    tasks = db.metadata.tables["tasks"].c
    of_client = Project.client_id.in_(values["clients"])
    # Asked of each project: a list of all with work of a department is read off every task there is.
    has_work = select(tasks.id).where(tasks.project_id == Project.id, tasks.department.in_(values["departments"]))
    by: dict[str, Any] = {
        "every": true(), "clients": of_client, "linked": of_client & (Project.id == values["linked"]),
        "projects": Project.id.in_(values["projects"]),
        "departments": has_work.exists(),
    }
    return or_(*(by[way] for way in ways))


class Listed(NamedTuple):
    """A project as the list shows it: its stage is the first one not done, none when all are; `of` counts all."""

    id: int
    number: str
    name: str
    state: str
    client: str
    brand: str | None
    manager: str
    stage: str | None
    n: int | None
    of: int
    until: date | None
    ends_on: date | None

    @property
    def done(self) -> int:
        """How many stages are done."""
        return self.of if self.n is None else self.n - 1

    @property
    def next_on(self) -> date | None:
        """The nearest day that is ahead, or overdue."""
        return self.ends_on if self.n is None else self.until


def listed(
    actor: Any, state: str = "", mine: bool = False, text: str = "", client_id: int = 0, turn: Turn = FIRST,
) -> Leaf[Listed]:
    """A page of the project list, the newest first."""
    names = typed(text)
    listing = _listing(reach(actor), bool(state), mine, bool(client_id), tuple(names))
    return listing.leaf(
        turn, Listed, state=state, actor=actor.id, own=actor.project_ids, client=client_id, **reached(actor), **names,
    )


@prepared
def _listing(
    ways: tuple[str, ...], in_state: bool, mine: bool, of_client: bool, named: tuple[str, ...],
) -> Listing:
    rows = _rows().where(_seen(ways, BINDS), *holding(Project.search_text, named))
    rows = rows.where(Project.state == bindparam("state") if in_state else Project.state.in_(GOING))
    if mine:
        me, own = bindparam("actor"), Project.id.in_(Among("own"))
        rows = rows.where(or_(Project.manager_id == me, Project.deputy_id == me, own))
    if of_client:
        rows = rows.where(Project.client_id == bindparam("client"))
    return Listing(rows, Stretch((Project.id,), falling=True))


def _rows() -> Select[*tuple[Any, ...]]:
    """The columns of the list."""
    of_project = ProjectStage.project_id == Project.id
    undone = select(func.min(ProjectStage.ordinal)).where(of_project, ProjectStage.done_on.is_(None))
    every = select(func.count()).where(of_project)
    now = aliased(ProjectStage)
    return (
        select(
            Project.id, Project.number, Project.name, Project.state, Client.name, Brand.name, Person.name, now.name,
            now.ordinal, every.correlate(Project).scalar_subquery(), now.forecast_on, Project.ends_on,
        )
        .join(Client, Client.id == Project.client_id).join(Person, Person.id == Project.manager_id)
        .outerjoin(Brand, Brand.id == Project.brand_id)
        .outerjoin(now, (now.project_id == Project.id)
                   & (now.ordinal == undone.correlate(Project).scalar_subquery()))
    )  # fmt: skip


def counts(actor: Any) -> dict[str, int]:
    """How many projects the actor sees in each state."""
    return {row[0]: row[1] for row in ask(_counts(reach(actor)), **reached(actor))}


@prepared
def _counts(ways: tuple[str, ...]) -> Select[str, int]:
    return select(Project.state, func.count()).where(_seen(ways, BINDS)).group_by(Project.state)


def in_cabinet(contact: Any, finished: bool) -> list[Project]:
    """The newest projects a client's contact sees, going or closed, with brands and stages; two questions."""
    rows = visible_to(contact).where(Project.state.in_(("closed",) if finished else GOING))
    rows = rows.options(joinedload(Project.brand), selectinload(Project.stages)).order_by(Project.id.desc())
    return list(db.session.scalars(rows.limit(IN_CABINET)))


def going(actor: Any) -> list[Project]:
    """The projects an actor sees that are neither closed nor cancelled, with client and stages."""
    rows = visible_to(actor).where(Project.state.in_(GOING)).order_by(Project.id)
    return list(db.session.scalars(rows.options(joinedload(Project.client), selectinload(Project.stages))))


def led_by(person_id: int) -> list[Project]:
    """The going projects a person manages."""
    return list(db.session.scalars(
        select(Project).where(Project.manager_id == person_id, Project.state.in_(GOING)).order_by(Project.id),
    ))


def client_face(project: Project) -> dict[str, Any]:
    """What the client may see of a project."""
    return {
        "number": project.number, "name": project.name, "state": project.state, "manager": project.manager,
        "deputy": project.deputy, "starts_on": project.starts_on, "ends_on": project.ends_on,
        "stages": project.stages, "current_stage": project.current_stage,
        "hold_side": project.hold_side, "reason": project.reason if project.state in ("on_hold", "cancelled") else "",
    }
