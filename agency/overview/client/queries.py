"""The list and the card of clients: which ones, their projects at a glance, and what waits with them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Date, Integer, Select, String, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import GOING, Project, ProjectStage
from agency.flow.requests.models import Request
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import Instant, db
from agency.people.clients import queries as clients
from agency.people.clients.models import Client, Contact

PAGE, MOST, ALL = 30, 40, 200
# Days a client's decision may take before it is late: the agreed five working days are a week.
PATIENCE = 7


def get(id: int) -> Client | None:
    """A client with everything its card names, four questions."""
    return db.session.scalars(
        select(Client).where(Client.id == id).options(
            joinedload(Client.manager), joinedload(Client.own_entity), joinedload(Client.brands),
            selectinload(Client.billing_entities), selectinload(Client.nuances),
        ),
    ).unique().first()


def contacts(client_id: int) -> list[Contact]:
    """The people who speak for a client now, those who approve first."""
    found = clients.active_contacts(client_id)
    return sorted(found, key=lambda contact: (not contact.is_approver, contact.id))


def listed(actor: Any, text: str, mine: bool, needs: bool, after: int) -> list[Client]:
    """A page of the list, those who need a look first; one more than a page."""
    trouble = Client.id.in_(_in_trouble(clock.today()))
    rows = clients.narrowed(clients.visible_to(actor), actor, text, mine).options(joinedload(Client.manager))
    if needs:
        rows = rows.where(trouble)
    rows = rows.order_by(None).order_by(trouble.desc(), Client.sort_key, Client.id)
    return list(db.session.scalars(rows.offset(after).limit(PAGE + 1)))


def _in_trouble(today: date) -> Select[int]:
    """Clients with an overdue payment or promise, or with a decision that was not made in time."""
    long_ago = clock.now() - timedelta(days=PATIENCE + 1)
    unpaid = (Smeta.state == "approved") & (PaymentRow.paid < PaymentRow.amount) & (PaymentRow.due_on < today)
    return union_all(
        select(Smeta.client_id).join(PaymentRow, PaymentRow.smeta_id == Smeta.id).where(unpaid),
        select(Promise.client_id).where(Promise.state == "open", Promise.due_on < today),
        select(Brief.client_id).where(Brief.state == "sent", Brief.department.is_(None), Brief.sent_at < long_ago),
        select(Smeta.client_id).where(Smeta.state == "sent", Smeta.sent_at < long_ago),
    ).subquery().select()


@dataclass(frozen=True)
class Going:
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
    undone = (
        select(func.min(ProjectStage.ordinal)).where(
            ProjectStage.project_id == Project.id, ProjectStage.done_on.is_(None),
        ).correlate(Project).scalar_subquery()
    )
    count = select(func.count()).where(ProjectStage.project_id == Project.id).correlate(Project).scalar_subquery()
    agreed = (
        select(func.coalesce(func.sum(Smeta.gross), 0)).where(
            Smeta.project_id == Project.id, Smeta.state == "approved",
        ).correlate(Project).scalar_subquery()
    )
    now = ProjectStage.__table__.alias("now")
    rows = select(
        Project.id, Project.number, Project.name, Project.state, Project.currency, Project.ends_on,
        now.c.name, now.c.ordinal, count, now.c.forecast_on, agreed,
    ).outerjoin(now, (now.c.project_id == Project.id) & (now.c.ordinal == undone)).where(Project.client_id == client_id)
    if not everything:
        rows = rows.where(Project.state.in_(GOING))
    found = db.session.execute(rows.order_by(Project.id.desc()).limit(ALL))
    return [Going(*row[:10], agreed=int(row[10])) for row in found]


@dataclass(frozen=True)
class Waits:
    """One thing that waits: its kind and id, what it is called, since when or until when, and its sum."""

    kind: str
    id: int
    title: str
    at: datetime | None
    on: date | None
    amount: int | None
    currency: str | None


def waiting(client_id: int, kinds: set[str]) -> list[Waits]:
    """What waits with a client, of the kinds the reader may see, in one question."""
    found = [rows for kind, rows in _waiting(client_id).items() if kind in kinds]
    if not found:
        return []
    all_ = union_all(*found).subquery()
    rows = db.session.execute(select(all_).order_by(all_.c.on.is_(None), all_.c.on, all_.c.at, all_.c.id).limit(MOST))
    return [Waits(kind, id_, title, at, on, amount, code) for kind, id_, title, at, on, amount, code in rows]


def _waiting(client_id: int) -> dict[str, Any]:
    soon = clock.today() + timedelta(days=14)
    request = _row("request", Request.id, Request.subject, Request.received_at)
    promise = _row("promise", Promise.id, Promise.words, None, Promise.due_on)
    brief = _row("brief", Brief.id, Brief.number, Brief.sent_at)
    smeta = _row("smeta", Smeta.id, Smeta.number, Smeta.sent_at, None, Smeta.gross, Smeta.currency)
    task = _row("task", Task.id, Task.title, Task.shown_at)
    left = PaymentRow.amount - PaymentRow.paid
    payment = _row("payment", Smeta.id, Smeta.number, None, PaymentRow.due_on, left, Smeta.currency)
    of, open_ = Smeta.client_id == client_id, PaymentRow.paid < PaymentRow.amount
    return {
        "request": request.where(Request.client_id == client_id, Request.state.in_(("new", "in_review"))),
        "promise": promise.where(Promise.client_id == client_id, Promise.state == "open"),
        "brief": brief.where(Brief.client_id == client_id, Brief.state == "sent", Brief.department.is_(None)),
        "smeta": smeta.where(of, Smeta.state == "sent"),
        "task": task.where(Task.client_id == client_id, Task.state == "client_review", Task.is_public),
        "payment": payment.join(PaymentRow, PaymentRow.smeta_id == Smeta.id).where(
            of, Smeta.state == "approved", open_, or_(PaymentRow.due_on < soon, PaymentRow.due_on.is_(None)),
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
