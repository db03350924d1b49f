"""Questions about payments: a project's schedule, what is late everywhere, and what was said of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from agency.flow.payments import ledger
from agency.flow.payments.models import Expectation, Receipt
from agency.flow.projects.models import Project
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.kit import clock
from agency.kit.db import db, prepared
from agency.kit.journal import Fact
from agency.people.accounts.anybody import looked_after

REMINDED = "client.reminded"


def row(payment_id: int) -> PaymentRow | None:
    """A payment by id, with its estimate and project."""
    rows = select(PaymentRow).where(PaymentRow.id == payment_id).options(
        joinedload(PaymentRow.smeta).joinedload(Smeta.project).joinedload(Project.client),
    )
    return db.session.scalars(rows).first()


def receipt(receipt_id: int) -> Receipt | None:
    """A receipt by id."""
    return db.session.get(Receipt, receipt_id)


def by_key(key: str, row: PaymentRow) -> Receipt | None:
    """The receipt of this payment that a form has brought already."""
    if not key:
        return None
    rows = select(Receipt).where(Receipt.key == key, Receipt.payment_row_id == row.id)
    return db.session.scalars(rows).first()


def receipts_of(row: PaymentRow) -> list[Receipt]:
    """Every receipt and correction of a payment, in their order."""
    rows = select(Receipt).where(Receipt.payment_row_id == row.id)
    return list(db.session.scalars(rows.order_by(Receipt.id)))


def correction_of(receipt: Receipt) -> Receipt | None:
    """The row that takes a receipt back."""
    return db.session.scalars(select(Receipt).where(Receipt.corrects_id == receipt.id)).first()


def standing(row: PaymentRow, today: date | None = None) -> ledger.Standing:
    """How a payment stands on a day."""
    return ledger.Standing(row.amount, row.paid, row.due_on, today or clock.today())


def of_project(project_id: int) -> list[PaymentRow]:
    """The schedule of what the client agreed to: base first, then additions."""
    return list(db.session.scalars(_of_project(), {"project": project_id}))


@prepared
def _of_project() -> Select[PaymentRow]:
    return (
        select(PaymentRow).join(PaymentRow.smeta)
        .where(Smeta.project_id == bindparam("project"), Smeta.state == "approved")
        .options(contains_eager(PaymentRow.smeta)).order_by(Smeta.kind.desc(), Smeta.n, PaymentRow.ordinal)
    )


def receipts_in(project_id: int) -> list[Receipt]:
    """What came and what was taken back in a project, the newest first."""
    return list(db.session.scalars(_receipts(), {"project": project_id}))


@prepared
def _receipts() -> Select[Receipt]:
    rows = select(Receipt).where(Receipt.project_id == bindparam("project")).options(joinedload(Receipt.by))
    return rows.order_by(Receipt.received_on.desc(), Receipt.id.desc())


def expected_on(row: PaymentRow) -> date | None:
    """The day the client named last."""
    rows = select(Expectation.day).where(Expectation.payment_row_id == row.id).order_by(Expectation.id.desc())
    return db.session.scalars(rows.limit(1)).first()


def reminded(row: PaymentRow) -> list[Fact]:
    """When the client was reminded of a payment, the newest first."""
    rows = select(Fact).where(
        Fact.subject_kind == PaymentRow.KIND, Fact.subject_id == row.id, Fact.verb == REMINDED,
    )
    return list(db.session.scalars(rows.order_by(Fact.id.desc())))


def was_told(row: PaymentRow, verb: str) -> bool:
    """Whether a fact of this kind was written about a payment."""
    rows = select(Fact.id).where(Fact.subject_kind == PaymentRow.KIND, Fact.subject_id == row.id, Fact.verb == verb)
    return db.session.scalar(rows.limit(1)) is not None


def is_open() -> ColumnElement[bool]:
    """Payments of approved estimates that have not come in full."""
    return and_(Smeta.state == "approved", PaymentRow.paid != PaymentRow.amount)


def late(actor: Any, today: Any) -> Select[int]:
    """The ids of payments whose day has passed without all of the money."""
    rows = select(PaymentRow.id).where(PaymentRow.paid != PaymentRow.amount, PaymentRow.due_on < today)
    if actor.sees_all_clients or not actor.has_others:
        # Of clients an index knows what is open.
        own = true() if actor.sees_all_clients else PaymentRow.client_id.in_(actor.client_ids)
        return rows.where(PaymentRow.owed_in.is_not(None), own)
    # Found by the few estimates that are one's own, not among all that is late.
    own = or_(*looked_after(actor, Smeta.client_id, Smeta.project_id))
    return rows.where(PaymentRow.smeta_id.in_(select(Smeta.id).where(Smeta.state == "approved", own)))


def due_between(first: date, last: date) -> list[int]:
    """Ids of open payments of going projects whose day lies between two days, both included."""
    rows = (
        select(PaymentRow.id).join(PaymentRow.smeta).join(Project, Project.id == Smeta.project_id)
        .where(is_open(), Project.state.in_(("planned", "active", "closing")), PaymentRow.due_on.between(first, last))
    )
    return list(db.session.scalars(rows.order_by(PaymentRow.id)))


def named_between(first: date, last: date) -> list[int]:
    """Ids of open payments for which the client named a day between two days, both included."""
    rows = (
        select(PaymentRow.id).join(PaymentRow.smeta)
        .join(Expectation, Expectation.payment_row_id == PaymentRow.id)
        .where(is_open(), Expectation.day.between(first, last))
    )
    return list(db.session.scalars(rows.distinct().order_by(PaymentRow.id)))


def client_face(smetas: Iterable[Smeta], today: date) -> list[dict[str, Any]]:
    """The schedule as the client knows it, of the estimates agreed to, base first: what is paid when, what came.

    Nothing else of them; their rows are expected to be loaded.
    """
    agreed = sorted((one for one in smetas if one.state == "approved"), key=lambda one: (one.kind != "base", one.n))
    return [
        {
            "number": smeta.number, "n": one.ordinal, "percent": one.percent, "amount": one.amount,
            "paid": one.paid, "left": one.left, "paid_on": one.paid_on, "due_on": one.due_on, "trigger": one.trigger,
            "words": one.words, "state": at.state, "days_late": at.days_late,
        }
        for smeta in agreed for one in smeta.payments
        for at in [standing(one, today)]
    ]
