"""What is due between two days, each day with its first few and the number of all, in one question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Integer, Row, String, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import selectinload

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import GOING, Project, ProjectStage
from agency.flow.reports import awaited
from agency.flow.reports.models import Report
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import db
from agency.overview.calendar import reach
from agency.people.clients.models import Client

# What stands first on a day: promises, decisions, payments, reports, stages, tasks.
RANKS = {"promise": 1, "decision": 2, "payment": 3, "report": 4, "stage": 5, "task": 6}
WAITING, CHOICES = 200, 200


@dataclass(frozen=True)
class Choice:
    """What one wants to see: one's own alone, one department, one project; of the kinds in RANKS."""

    mine: bool = False
    department: str = ""
    project: int = 0


@dataclass(frozen=True)
class Item:
    """One thing on a day: `kind` names the record, `rank` what it is here; `all` counts its whole day."""

    on: date
    rank: int
    kind: str
    id: int
    title: str
    state: str
    project_id: int | None
    project: str
    client: str
    department: str | None = None
    amount: int | None = None
    currency: str | None = None
    all: int = 0


def between(actor: Any, first: date, last: date, choice: Choice, most: int) -> list[Item]:
    """What is due from one day to another, at most so many things a day."""
    found = union_all(*_rows(actor, first, last, choice)).subquery()
    place = func.row_number().over(partition_by=found.c.on, order_by=(found.c.rank, found.c.kind, found.c.id))
    ranked = select(found, place.label("place"), func.count().over(partition_by=found.c.on).label("whole")).subquery()
    rows = (
        select(ranked, Project.name, Client.name).outerjoin(Project, Project.id == ranked.c.project_id)
        .outerjoin(Client, Client.id == ranked.c.client_id).where(ranked.c.place <= most)
        .order_by(ranked.c.on, ranked.c.place)
    )
    return [
        Item(
            on, rank, kind, id_, title or "", state, project_id, project or "", client or "", department, amount, code,
            whole,
        )
        for on, rank, kind, id_, title, state, project_id, _client, department, amount, code, _place, whole, project,
        client in db.session.execute(rows)
    ]


def _row(model: Any, rank: str, on: Any, title: Any, state: Any, **more: Any) -> Any:
    nothing = {"department": cast(null(), String), "amount": cast(null(), BigInteger), "currency": cast(null(), String)}
    return select(
        on.label("on"), literal(RANKS[rank]).label("rank"), literal(model.KIND).label("kind"),
        cast(model.id, Integer).label("id"), title.label("title"), state.label("state"),
        (model.id if model is Project else model.project_id).label("project_id"), model.client_id.label("client_id"),
        *(value.label(name) for name, value in (nothing | more).items()),
    )


def _rows(actor: Any, first: date, last: date, choice: Choice) -> Iterable[Any]:
    for rows, model, on in (*_work(), *_agreed()):
        yield rows.where(on >= first, on <= last, *narrowed(actor, model, choice))


def _work() -> Iterable[tuple[Any, Any, Any]]:
    """(rows, model, day) of what we do: tasks, stages, launches, promises, reports."""
    task = _row(Task, "task", Task.due_on, Task.title, Task.state, department=Task.department)
    yield task.where(Task.state != "cancelled"), Task, Task.due_on
    on, state = func.coalesce(ProjectStage.done_on, ProjectStage.forecast_on), cast(ProjectStage.done_on, String)
    stage = _row(ProjectStage, "stage", on, ProjectStage.name, func.coalesce(state, ""))
    alive = select(Project.id).where(Project.state != "cancelled")
    yield stage.where(ProjectStage.project_id.in_(alive)), ProjectStage, on
    launch = _row(Project, "stage", Project.launches_on, Project.name, Project.state)
    yield launch.where(Project.state != "cancelled"), Project, Project.launches_on
    yield _row(Promise, "promise", Promise.due_on, Promise.words, Promise.state), Promise, Promise.due_on
    report = _row(Report, "report", Report.until_on, cast(Report.n, String), Report.state)
    yield report.where(Report.state == "sent"), Report, Report.until_on


def _agreed() -> Iterable[tuple[Any, Any, Any]]:
    """(rows, model, day) of what the client does: decides on estimates and pays."""
    money: dict[str, Any] = {"amount": Smeta.gross, "currency": Smeta.currency}
    decision = _row(Smeta, "decision", Smeta.valid_until, Smeta.number, Smeta.state, **money)
    yield decision.where(Smeta.state == "sent"), Smeta, Smeta.valid_until
    left, money["amount"] = cast(PaymentRow.amount - PaymentRow.paid, String), PaymentRow.amount
    payment = _row(Smeta, "payment", PaymentRow.due_on, Smeta.number, left, **money)
    payment = payment.join(PaymentRow, PaymentRow.smeta_id == Smeta.id).where(Smeta.state == "approved")
    yield payment, PaymentRow, PaymentRow.due_on


def narrowed(actor: Any, model: Any, choice: Choice) -> Iterable[Any]:
    """What the actor may see of a model and wants to."""
    yield reach.of(actor, model)
    if choice.mine:
        yield reach.mine(actor, model)
    if choice.department:
        yield reach.with_work(choice.department, model)
    if choice.project:
        row = Smeta if model is PaymentRow else model
        yield (Project.id if model is Project else row.project_id) == choice.project


@dataclass(frozen=True)
class Waiting:
    """A decision without an agreed day: what the client has in hand, and since when."""

    kind: str
    id: int
    title: str
    at: datetime
    project_id: int
    project: str
    client: str


def waiting(actor: Any, choice: Choice) -> list[Waiting]:
    """Briefs and versions of work that lie with clients, the oldest first."""
    def row(model: Any, title: Any, at: Any) -> Any:
        return select(
            literal(model.KIND).label("kind"), cast(model.id, Integer).label("id"), title.label("title"),
            at.label("at"), model.project_id.label("project_id"), model.client_id.label("client_id"),
        ).where(*narrowed(actor, model, choice))

    found = union_all(
        row(Brief, Brief.number, Brief.sent_at).where(Brief.state == "sent", Brief.department.is_(None)),
        row(Task, Task.title, Task.shown_at).where(Task.state == "client_review", Task.shown_at.is_not(None)),
    ).subquery()
    rows = (
        select(found, Project.name, Client.name).join(Project, Project.id == found.c.project_id)
        .join(Client, Client.id == found.c.client_id).order_by(found.c.at).limit(WAITING)
    )
    return [
        Waiting(kind, id_, title, at, project_id, project, client)
        for kind, id_, title, at, project_id, _client, project, client in db.session.execute(rows)
    ]


def going(actor: Any, choice: Choice) -> list[Row[int, str, str]]:
    """The projects to choose from (id, number, name): going ones, the newest first."""
    rows = select(Project.id, Project.number, Project.name).where(
        reach.of(actor, Project), or_(Project.state.in_(GOING), Project.id == choice.project),
    )
    return list(db.session.execute(rows.order_by(Project.id.desc()).limit(CHOICES)))


def reporting(actor: Any, choice: Choice) -> list[Project]:
    """Projects whose client gets reports, with the stages that some rhythms follow; two questions."""
    rows = select(Project).where(awaited.is_at_work(), *narrowed(actor, Project, choice))
    return list(db.session.scalars(
        rows.options(selectinload(Project.stages)).order_by(Project.id.desc()).limit(CHOICES),
    ))
