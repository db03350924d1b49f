"""What waits for a person, each kind in one question."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from agency.flow.briefs.models import Brief
from agency.flow.payments import queries as payments
from agency.flow.projects.models import Project, ProjectStage
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import db
from agency.people.clients.models import Client

MOST = 30
# What the client has in hand is not late work of ours: it stands among the decisions we wait for.
ACTIVE = ("taken", "in_progress", "in_review", "blocked", "open")


def _mine(actor: Any, model: Any) -> ColumnElement[bool]:
    if actor.has("owner", "admin"):
        return true()
    client: InstrumentedAttribute[int] = model.client_id
    project: InstrumentedAttribute[int] = model.project_id
    return or_(client.in_(actor.client_ids), project.in_(actor.project_ids))


def requests_waiting(actor: Any) -> list[Request]:
    """Requests nobody has answered yet, the most urgent first."""
    rows = select(Request).where(Request.state.in_(("new", "in_review"))).options(joinedload(Request.client))
    if not actor.has("owner", "admin"):
        rows = rows.where(or_(Request.client_id.is_(None), Request.client_id.in_(actor.client_ids)))
    return list(db.session.scalars(rows.order_by(Request.reply_due_at, Request.id).limit(MOST)))


def briefs_sent(actor: Any) -> list[Brief]:
    """Client briefs that wait for the client, the oldest first."""
    return list(db.session.scalars(
        select(Brief).where(Brief.state == "sent", Brief.department.is_(None), _mine(actor, Brief))
        .options(joinedload(Brief.project).joinedload(Project.client)).order_by(Brief.sent_at).limit(MOST),
    ))


def briefs_issued(actor: Any) -> list[Brief]:
    """Department briefs that wait for their head's read-back."""
    rows = select(Brief).where(Brief.state == "issued").options(
        joinedload(Brief.project).joinedload(Project.client),
    )
    if actor.has("head"):
        rows = rows.where(Brief.department.in_(actor.departments))
    else:
        rows = rows.where(_mine(actor, Brief))
    return list(db.session.scalars(rows.order_by(Brief.sent_at, Brief.id).limit(MOST)))


def smetas_in(actor: Any, *states: str) -> list[Smeta]:
    """Smetas in some states, the oldest first."""
    return list(db.session.scalars(
        select(Smeta).where(Smeta.state.in_(states), _mine(actor, Smeta))
        .options(joinedload(Smeta.project).joinedload(Project.client)).order_by(Smeta.sent_at, Smeta.id).limit(MOST),
    ))


def tasks_late(actor: Any, today: date) -> list[Task]:
    """Tasks past their day, in the actor's projects or departments."""
    return _tasks(actor, Task.due_on < today, Task.state.in_(ACTIVE))


def tasks_to_check(actor: Any) -> list[Task]:
    """Versions handed in that wait for a check."""
    return _tasks(actor, Task.state == "in_review")


def _tasks(actor: Any, *which: ColumnElement[bool]) -> list[Task]:
    rows = select(Task).where(*which).options(
        joinedload(Task.assignee), joinedload(Task.project).joinedload(Project.client),
    )
    if actor.has("head"):
        rows = rows.where(Task.department.in_(actor.departments))
    else:
        rows = rows.where(_mine(actor, Task))
    return list(db.session.scalars(rows.order_by(Task.due_on, Task.id).limit(MOST)))


def payments_late(actor: Any, today: date) -> list[PaymentRow]:
    """Payments of approved smetas whose day has passed without all of the money."""
    return payments.late_for(actor, today, MOST)


def reports_due(actor: Any, today: date) -> list[tuple[Project, Report | None]]:
    """Active projects whose report is due today, each with this week's report if it was begun."""
    rows = (
        select(Project, Report)
        .outerjoin(Report, (Report.project_id == Project.id) & (Report.until_on == today)
                   & (Report.state != "discarded"))
        .where(Project.state == "active", Project.report_weekday == today.weekday(), _led(actor))
        .order_by(Project.name, Project.id).limit(MOST)
    )
    return [(project, report) for project, report in db.session.execute(rows)]


def _led(actor: Any) -> ColumnElement[bool]:
    if actor.has("owner", "admin"):
        return true()
    return or_(Project.client_id.in_(actor.client_ids), Project.id.in_(actor.project_ids))


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
