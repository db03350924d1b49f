"""What goes on with a client, each kind in one question: projects at a glance, money, and what waits."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import GOING, Project, ProjectStage
from agency.flow.requests.models import Request
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import Instant, ask, prepared

MOST, ALL = 40, 200
SOON = timedelta(days=14)
CLIENT = bindparam("client")


class Going(NamedTuple):
    """A project on the card: where it stands and what was agreed, in minor units."""

    id: int
    number: str
    name: str
    state: str
    currency: str
    ends_on: date | None
    stage: str | None
    n: int | None
    of: int
    until: date | None
    agreed: int


def projects(client_id: int, everything: bool) -> list[Going]:
    """The going projects of a client, or all of them, newest first."""
    return [Going(*row) for row in ask(_projects(everything), client=client_id)]


@prepared
def _projects(everything: bool) -> Select[*tuple[Any, ...]]:
    undone = (
        select(func.min(ProjectStage.ordinal)).where(
            ProjectStage.project_id == Project.id, ProjectStage.done_on.is_(None),
        ).correlate(Project).scalar_subquery()
    )
    count = select(func.count()).where(ProjectStage.project_id == Project.id).correlate(Project).scalar_subquery()
    agreed = (
        select(cast(func.coalesce(func.sum(Smeta.gross), 0), BigInteger)).where(
            Smeta.project_id == Project.id, Smeta.state == "approved",
        ).correlate(Project).scalar_subquery()
    )
    now = ProjectStage.__table__.alias("now")
    rows = select(
        Project.id, Project.number, Project.name, Project.state, Project.currency, Project.ends_on,
        now.c.name, now.c.ordinal, count, now.c.forecast_on, agreed,
    ).outerjoin(now, (now.c.project_id == Project.id) & (now.c.ordinal == undone)).where(Project.client_id == CLIENT)
    if not everything:
        rows = rows.where(Project.state.in_(GOING))
    return rows.order_by(Project.id.desc()).limit(ALL)


class Owed(NamedTuple):
    """Money of one currency: what came, what is still to come, and what is overdue since a day; in minor units."""

    paid: int
    coming: int
    next_on: date | None
    overdue: int
    since: date | None


def money(client_id: int) -> list[tuple[str, Owed]]:
    """What a client agreed to, by currency."""
    return [(code, Owed(*owed)) for code, *owed in ask(_money(), client=client_id, today=clock.today())]


@prepared
def _money() -> Select[*tuple[Any, ...]]:
    def sum_of(amount: Any, *which: Any) -> Any:
        return cast(func.coalesce(func.sum(amount).filter(*which), 0), BigInteger)

    left, day = PaymentRow.amount - PaymentRow.paid, PaymentRow.due_on
    is_open, is_late = PaymentRow.paid < PaymentRow.amount, day < bindparam("today", type_=Date())
    comes = is_open & (day.is_(None) | ~is_late)
    rows = select(
        Smeta.currency, sum_of(PaymentRow.paid, PaymentRow.paid > 0), sum_of(left, comes),
        func.min(day).filter(comes), sum_of(left, is_open, is_late), func.min(day).filter(is_open, is_late),
    ).join(PaymentRow, PaymentRow.smeta_id == Smeta.id)
    return rows.where(Smeta.client_id == CLIENT, Smeta.state == "approved").group_by(Smeta.currency)


class Waits(NamedTuple):
    """One thing that waits: its kind and id, what it is called, since when or until when, and its sum."""

    kind: str
    id: int
    title: str
    at: datetime | None
    on: date | None
    amount: int | None
    currency: str | None


# What may wait with a client.
KINDS = ("request", "promise", "brief", "smeta", "task", "payment")


def waiting(client_id: int, kinds: Iterable[str]) -> list[Waits]:
    """What waits with a client, of the kinds the reader may see, in one question."""
    chosen = tuple(kind for kind in KINDS if kind in kinds)
    if not chosen:
        return []
    return [Waits(*row) for row in ask(_waiting(chosen), client=client_id, soon=clock.today() + SOON)]


@prepared
def _waiting(kinds: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    every = _every()
    all_ = union_all(*(every[kind] for kind in kinds)).subquery()
    return select(all_).order_by(all_.c.on.is_(None), all_.c.on, all_.c.at, all_.c.id).limit(MOST)


def _every() -> Mapping[str, Any]:
    request = _row("request", Request.id, Request.subject, Request.received_at)
    promise = _row("promise", Promise.id, Promise.words, None, Promise.due_on)
    brief = _row("brief", Brief.id, Brief.number, Brief.sent_at)
    smeta = _row("smeta", Smeta.id, Smeta.number, Smeta.sent_at, None, Smeta.gross, Smeta.currency)
    task = _row("task", Task.id, Task.title, Task.shown_at)
    left = PaymentRow.amount - PaymentRow.paid
    payment = _row("payment", Smeta.id, Smeta.number, None, PaymentRow.due_on, left, Smeta.currency)
    of, open_ = Smeta.client_id == CLIENT, PaymentRow.paid < PaymentRow.amount
    is_near = or_(PaymentRow.due_on < bindparam("soon"), PaymentRow.due_on.is_(None))
    return {
        "request": request.where(Request.client_id == CLIENT, Request.state.in_(("new", "in_review"))),
        "promise": promise.where(Promise.client_id == CLIENT, Promise.state == "open"),
        "brief": brief.where(Brief.client_id == CLIENT, Brief.state == "sent", Brief.department.is_(None)),
        "smeta": smeta.where(of, Smeta.state == "sent"),
        "task": task.where(Task.client_id == CLIENT, Task.state == "client_review", Task.is_public),
        "payment": payment.join(PaymentRow, PaymentRow.smeta_id == Smeta.id).where(
            of, Smeta.state == "approved", open_, is_near,
        ),
    }


def _row(kind: str, id_: Any, title: Any, at: Any = None, on: Any = None, amount: Any = None, code: Any = None) -> Any:
    return select(
        literal(kind).label("kind"), cast(id_, Integer).label("id"), title.label("title"),
        (cast(null(), Instant) if at is None else at).label("at"),
        (cast(null(), Date) if on is None else on).label("on"),
        (cast(null(), BigInteger) if amount is None else amount).label("amount"),
        (cast(null(), String) if code is None else code).label("code"),
    )
