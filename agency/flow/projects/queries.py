"""Questions about projects; lists keep to what the actor may see."""

from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from agency.flow.projects.models import GOING, Project
from agency.kit.db import db

PAGE = 25


def get(id: int) -> Project | None:
    """A project by id."""
    return db.session.get(Project, id)


def whole(id: int) -> Project | None:
    """A project with its client, manager and stages, in one question."""
    rows = select(Project).where(Project.id == id).options(
        joinedload(Project.client), joinedload(Project.manager), joinedload(Project.stages),
    )
    return db.session.scalars(rows).unique().first()


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
    rows = select(Project)
    if actor.kind == "system" or actor.has("owner", "admin", "head", "finance"):
        return rows
    if actor.kind == "contact":
        rows = rows.where(Project.client_id.in_(actor.client_ids))
        if actor.link is None or not (actor.link.project_id or actor.link.request_id):
            return rows
        return rows.where(Project.id == actor.link.project_id)
    manages = actor.has("account_manager")
    reach = [Project.id.in_(actor.other_project_ids if manages else actor.project_ids)]
    if manages:
        reach.append(Project.client_id.in_(actor.client_ids))
    if actor.has("specialist"):
        reach.append(Project.id.in_(_worked_on(actor)))
    return rows.where(or_(*reach))


def _worked_on(actor: Any) -> Select[int]:
    # The table of tasks belongs to a room above this one; it is read by name.
    tasks = db.metadata.tables["tasks"]
    return select(tasks.c.project_id).where(tasks.c.department.in_(actor.departments))


def listed(
    actor: Any, state: str = "", mine: bool = False, text: str = "", client_id: int = 0, after: int = 0,
) -> list[Project]:
    """A page of the project list, with what its rows show; one more than a page. Always three questions."""
    rows = visible_to(actor).options(
        joinedload(Project.client), joinedload(Project.manager), joinedload(Project.brand),
        selectinload(Project.stages),
    )
    rows = rows.where(Project.state.in_((state,) if state else GOING))
    if mine:
        rows = rows.where(or_(Project.manager_id == actor.id, Project.deputy_id == actor.id,
                              Project.id.in_(actor.project_ids)))
    if client_id:
        rows = rows.where(Project.client_id == client_id)
    for word in text.casefold().split():
        rows = rows.where(Project.search_text.contains(word, autoescape=True))
    return list(db.session.scalars(rows.order_by(Project.id.desc()).offset(after).limit(PAGE + 1)))


def counts(actor: Any) -> dict[str, int]:
    """How many projects the actor sees in each state."""
    seen = visible_to(actor).subquery()
    return {row[0]: row[1] for row in db.session.execute(select(seen.c.state, func.count()).group_by(seen.c.state))}


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
