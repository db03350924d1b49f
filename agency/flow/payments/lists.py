"""Payments of all projects: what is to come, what came, what it adds up to, and what was said of each."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Date, Select, bindparam, cast, func, or_, select, true

from agency.flow.payments import ledger
from agency.flow.payments.models import Expectation
from agency.flow.payments.queries import is_open
from agency.flow.projects.models import Project
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.kit.db import Among, ask, prepared
from agency.kit.db.paging import Leaf, Listing, Stretch, Turn
from agency.kit.journal import Fact
from agency.people.clients.models import Client


class Listed(NamedTuple):
    """A payment as the lists name it; sums in minor units."""

    id: int
    number: str
    ordinal: int
    currency: str
    amount: int
    paid: int
    due_on: date | None
    paid_on: date | None
    words: str
    trigger: str
    project_id: int
    project: str
    client: str

    @property
    def left(self) -> int:
        """What is still to come of it."""
        return self.amount - self.paid

    def days_late(self, today: date) -> int:
        """How many days the rest of it is late."""
        return ledger.Standing(self.amount, self.paid, self.due_on, today).days_late


def awaited(actor: Any, turn: Turn) -> Leaf[Listed]:
    """A page of what is to come, what is late first, what has no day yet last."""
    return _awaited(*_reach(actor)).leaf(turn, Listed, **_reached(actor))


def came(actor: Any, turn: Turn) -> Leaf[Listed]:
    """A page of what came in full, the newest first."""
    return _came(*_reach(actor)).leaf(turn, Listed, **_reached(actor))


@prepared
def _awaited(every: bool, others: bool) -> Listing:
    rows, day = _rows(every, others).where(is_open()), PaymentRow.due_on
    dated = Stretch((day, PaymentRow.smeta_id, PaymentRow.id), day.is_not(None))
    return Listing(rows, dated, Stretch((PaymentRow.smeta_id, PaymentRow.id), day.is_(None)))


@prepared
def _came(every: bool, others: bool) -> Listing:
    is_whole = PaymentRow.paid == PaymentRow.amount, PaymentRow.paid_on.is_not(None)
    rows = _rows(every, others).where(Smeta.state == "approved", *is_whole)
    return Listing(rows, Stretch((PaymentRow.paid_on, PaymentRow.id), falling=True))


def _rows(every: bool, others: bool) -> Select[*tuple[Any, ...]]:
    row = PaymentRow
    return select(
        row.id, Smeta.number, row.ordinal, Smeta.currency, row.amount, row.paid, row.due_on, row.paid_on, row.words,
        row.trigger, Smeta.project_id, Project.name, Client.name,
    ).join(row.smeta).join(Project, Project.id == Smeta.project_id).join(
        Client, Client.id == Smeta.client_id,
    ).where(_is_reached(every, others))


def _reach(actor: Any) -> tuple[bool, bool]:
    """Whether an actor sees the money of everybody, and else of projects beside the own clients'."""
    return actor.sees_all_clients, bool(actor.other_project_ids)


def _reached(actor: Any) -> dict[str, Any]:
    return {"clients": actor.client_ids, "projects": actor.other_project_ids}


def _is_reached(every: bool, others: bool) -> Any:
    if every:
        return true()
    own = PaymentRow.client_id.in_(Among("clients"))
    return or_(own, Smeta.project_id.in_(Among("projects"))) if others else own


class Waiting(NamedTuple):
    """What is to come in one currency: how many payments, the sum, and how much of it is late."""

    currency: str
    count: int
    left: int
    overdue: int


def waiting(actor: Any, today: date) -> list[Waiting]:
    """The sums of everything that is to come, by currency, the largest first."""
    found = ask(_waiting(*_reach(actor)), today=today, **_reached(actor))
    return sorted((Waiting(*row) for row in found), key=lambda row: -row.left)


@prepared
def _waiting(every: bool, others: bool) -> Select[*tuple[Any, ...]]:
    left, is_late = PaymentRow.amount - PaymentRow.paid, PaymentRow.due_on < bindparam("today", type_=Date())
    rows = select(
        PaymentRow.owed_in, func.count(), cast(func.sum(left), BigInteger),
        cast(func.coalesce(func.sum(left).filter(is_late), 0), BigInteger),
    ).where(PaymentRow.owed_in.is_not(None), PaymentRow.paid != PaymentRow.amount, _is_reached(every, others))
    return (rows.join(PaymentRow.smeta) if others else rows).group_by(PaymentRow.owed_in)


class Named(NamedTuple):
    """The day the client named last for a payment, and the words said with it."""

    day: date
    words: str


def named(row_ids: Collection[int]) -> dict[int, Named]:
    """The day the client named last for each of some payments."""
    found = ask(_named(), rows=list(row_ids)) if row_ids else ()
    return {id: Named(day, words) for id, day, words in found}


@prepared
def _named() -> Select[*tuple[Any, ...]]:
    rows = select(Expectation.payment_row_id, Expectation.day, Expectation.words)
    return rows.where(Expectation.payment_row_id.in_(Among("rows"))).order_by(Expectation.id)


def last_facts(row_ids: Collection[int]) -> dict[int, Any]:
    """The newest thing that happened about each of some payments: verb, details and when."""
    return {fact.subject_id: fact for fact in ask(_last_facts(), rows=list(row_ids))} if row_ids else {}


@prepared
def _last_facts() -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(Fact.id))
        .where(Fact.subject_kind == PaymentRow.KIND, Fact.subject_id.in_(Among("rows")))
        .group_by(Fact.subject_id)
    )
    return select(Fact.subject_id, Fact.verb, Fact.details, Fact.at).where(Fact.id.in_(newest))
