"""What waits for a person: each kind is a question, of which a day shows the first rows and counts the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager, joinedload

from agency.flow.briefs.models import Brief
from agency.flow.payments import queries as payments
from agency.flow.projects.models import Project, ProjectStage
from agency.flow.reports import awaited
from agency.flow.requests.models import Request
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import db
from agency.people.clients.models import Client

# Rows of a kind on the day itself, and on the page of that kind alone.
FEW, MOST = 8, 100
# Kinds that are rows of one table are read together.
TOGETHER = (("inner", "smetas", "answered"), ("briefs", "again"))
# Counted no further: whoever has a hundred things late needs no exact figure.
ENOUGH = 100
# What the client has in hand is not late work of ours: it stands among the decisions we wait for.
ACTIVE = ("taken", "in_progress", "in_review", "blocked", "open")
BY_DAY, BY_REPLY = (Task.due_on, Task.id), (Request.reply_due_at, Request.id)


def _mine(actor: Any, model: Any) -> ColumnElement[bool]:
    if actor.has("owner", "admin"):
        return true()
    client: InstrumentedAttribute[int] = model.client_id
    project: InstrumentedAttribute[int] = model.project_id
    return or_(client.in_(actor.client_ids), project.in_(actor.other_project_ids))


def questions(actor: Any, today: date) -> Mapping[str, Select[Any]]:
    """What waits, by kind: rows without what hangs on them, those that burn first."""
    late = Task.due_on < today
    asked: dict[str, Select[Any]] = {
        "requests": _requests(actor), "inner": _smetas(actor, "internal_review"), "smetas": _smetas(actor, "sent"),
        "briefs": _briefs(actor), "checks": _tasks(actor, Task.state == "in_review"),
        "late": _tasks(actor, late, Task.state.in_(ACTIVE)), "money": payments.late(actor, today),
        "reports": _reports(actor, today), "again": _again(actor), "answered": _answered(actor),
    }
    return {kind: asked[kind] for kind in _kinds(actor)}


def _kinds(actor: Any) -> tuple[str, ...]:
    if actor.has("account_manager", "owner", "admin"):
        # What came back is the turn of whoever leads the work; owners look at what waits for them.
        own = ("inner",) if actor.has("owner") else ("again", "answered") if actor.has("account_manager") else ()
        return ("requests", *own, "smetas", "briefs", "reports", "late", "money")
    return ("money",) if actor.has("finance") else ("briefs", "checks", "late")


def counts(asked: Mapping[str, Select[Any]]) -> dict[str, int]:
    """How many rows each question has, counted up to ENOUGH; one question for all of them."""
    columns = [
        select(func.count()).select_from(
            rows.with_only_columns(rows.column_descriptions[0]["entity"].id, maintain_column_froms=True)
            .order_by(None).limit(ENOUGH).subquery(),
        ).scalar_subquery().label(kind)
        for kind, rows in asked.items()
    ]  # fmt: skip
    return dict(db.session.execute(select(*columns)).one()._mapping)


def first(asked: Mapping[str, Select[Any]], most: int) -> dict[str, list[Any]]:
    """The first records of a question, or of several about one table, with what a row of the day says of them."""
    if next(iter(asked.values())).column_descriptions[0]["entity"] in (Smeta, Brief):
        return _together(asked, most)
    return {kind: _alone(rows, most) for kind, rows in asked.items()}


def _alone(rows: Select[Any], most: int) -> list[Any]:
    model = rows.column_descriptions[0]["entity"]
    if model is PaymentRow:
        smeta = contains_eager(PaymentRow.smeta)
        whole: tuple[Any, ...] = (smeta.joinedload(Smeta.project).joinedload(Project.client),)
    elif model is Request:
        rows = select(Request).where(Request.id.in_(rows.with_only_columns(Request.id).limit(most)))
        rows, whole = rows.order_by(*BY_REPLY), (joinedload(Request.client),)
    elif model is Task:
        # The ids come from an index alone; only these few rows are read.
        rows = select(Task).where(Task.id.in_(rows.with_only_columns(Task.id).limit(most))).order_by(*BY_DAY)
        whole = (joinedload(Task.project).joinedload(Project.client),)
    else:
        whole = (joinedload(model.project).joinedload(Project.client),)
    return list(db.session.scalars(rows.options(*whole).limit(most)))


def _together(asked: Mapping[str, Select[Any]], most: int) -> dict[str, list[Any]]:
    model = next(iter(asked.values())).column_descriptions[0]["entity"]
    within = {
        kind: model.id.in_(rows.with_only_columns(model.id, maintain_column_froms=True).limit(most))
        for kind, rows in asked.items()
    }
    rows = select(model, *within.values()).where(or_(*within.values()))
    rows = rows.options(joinedload(model.project).joinedload(Project.client))
    found = list(db.session.execute(rows.order_by(model.state.desc(), model.sent_at, model.id)))
    return {kind: [row[0] for row in found if row[n]] for n, kind in enumerate(within, 1)}


def _requests(actor: Any) -> Select[Any]:
    """Requests nobody has answered yet, the most urgent first."""
    rows = select(Request).where(
        Request.state.in_(("new", "in_review")), or_(Request.state == "new", Request.replied_at.is_(None)),
    )
    if not actor.has("owner", "admin"):
        rows = rows.where(or_(Request.client_id.is_(None), Request.client_id.in_(actor.client_ids)))
    return rows.order_by(*BY_REPLY)


def _briefs(actor: Any) -> Select[Any]:
    """Client briefs that wait for the client and those of departments for their head's read-back; for a head these."""
    issued = Brief.state == "issued"
    if actor.has("account_manager", "owner", "admin"):
        waits = and_(Brief.state.in_(("sent", "issued")), or_(issued, Brief.department.is_(None)))
        # What the client has to answer stands before what our own people have to read.
        rows = select(Brief).where(waits, _mine(actor, Brief)).order_by(Brief.state.desc())
    elif actor.has("head"):
        rows = select(Brief).where(issued, Brief.department.in_(actor.departments))
    else:
        rows = select(Brief).where(issued, _mine(actor, Brief))
    return rows.order_by(Brief.sent_at, Brief.id)


def _again(actor: Any) -> Select[Any]:
    """Drafts of briefs that the client or a head returned and nobody has sent again."""
    before = aliased(Brief)
    rows = select(Brief).join(before, before.id == Brief.previous_id).where(
        Brief.state == "draft", before.state == "returned", _mine(actor, Brief),
    )  # fmt: skip
    return rows.order_by(Brief.id)


def _answered(actor: Any) -> Select[Any]:
    """Smetas an owner let out, or the client wants otherwise, with no newer version."""
    newer = aliased(Smeta)
    rows = select(Smeta).where(
        Smeta.state.in_(("ready", "changes_requested", "rejected")), _mine(actor, Smeta),
        ~select(newer.id).where(newer.based_on_id == Smeta.id).exists(),
    )  # fmt: skip
    return rows.order_by(Smeta.id)


def _smetas(actor: Any, state: str) -> Select[Any]:
    """Smetas in a state, the oldest first."""
    return select(Smeta).where(Smeta.state == state, _mine(actor, Smeta)).order_by(Smeta.sent_at, Smeta.id)


def _tasks(actor: Any, *which: ColumnElement[bool]) -> Select[Any]:
    """Tasks in the actor's projects or departments, the nearest day first."""
    whose = Task.department.in_(actor.departments) if actor.has("head") else _mine(actor, Task)
    return select(Task).where(whose, *which).order_by(*BY_DAY)


def _reports(actor: Any, today: date) -> Select[Any]:
    """Projects whose report is due or late and has not gone out, each with the open one if it was begun."""
    return awaited.waiting(today, _led(actor))


def _led(actor: Any) -> ColumnElement[bool]:
    if actor.has("owner", "admin"):
        return true()
    return or_(Project.client_id.in_(actor.client_ids), Project.id.in_(actor.other_project_ids))


@dataclass(frozen=True)
class Going:
    """A project in work with the stage it is in and the day that stage should end."""

    id: int
    name: str
    client: str
    stage: str | None
    n: int | None
    of: int | None
    until: date | None


def going(actor: Any) -> list[Going]:
    """The actor's projects in work, the one whose stage ends first on top."""
    stage = aliased(ProjectStage)
    undone = (
        select(func.min(stage.ordinal)).where(stage.project_id == Project.id, stage.done_on.is_(None))
        .correlate(Project).scalar_subquery()
    )
    count = (
        select(func.count()).where(ProjectStage.project_id == Project.id).correlate(Project).scalar_subquery()
    )
    rows = (
        select(
            Project.id, Project.name, Client.name, ProjectStage.name, ProjectStage.ordinal, count,
            ProjectStage.forecast_on,
        )
        .join(Client, Client.id == Project.client_id)
        .outerjoin(ProjectStage, (ProjectStage.project_id == Project.id) & (ProjectStage.ordinal == undone))
        .where(Project.state == "active", _led(actor))
        .order_by(ProjectStage.forecast_on.is_(None), ProjectStage.forecast_on, Project.id).limit(12)
    )
    return [Going(*row) for row in db.session.execute(rows)]
