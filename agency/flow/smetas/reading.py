"""A version read whole: with its lines, what they are there for, its payments, and the lines of the one before it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from agency.flow.projects.models import Project, Requirement
from agency.flow.smetas.models import LineMark, PaymentRow, Smeta, SmetaLine
from agency.kit.db import Among, collect, db, note, prepared
from agency.people.accounts.queries import named


def get_whole(id: int) -> Smeta | None:
    """A version with its lines, marks and payments, and the lines of the one before it, in three questions."""
    smeta = _with_payments(id)
    if smeta is not None:
        read_lines(smeta)
    return smeta


def to_read(id: int) -> Smeta | None:
    """The same for a page that changes nothing: payments, and what its own lines are there for, are only noted."""
    smeta = _found(id)
    if smeta is not None:
        note([smeta], "noted_payments", _payment_columns())
        collect(_compared(smeta), "lines", _lines(whole=False), back="smeta")
        note(smeta.lines, "noted", _numbers())
    return smeta


def payments_of(smeta: Smeta) -> Sequence[Any]:
    """The payments of a version, each with its share, trigger, words and day, however the version was read."""
    noted: Sequence[Any] | None = vars(smeta).get("noted_payments")
    return smeta.payments if noted is None else noted


def _found(id: int) -> Smeta | None:
    return db.session.scalars(_get(), {"smeta": id}).first()


def _with_payments(id: int) -> Smeta | None:
    smeta = _found(id)
    if smeta is not None:
        collect([smeta], "payments", _payments(), back="smeta")
    return smeta


def read_lines(smeta: Smeta) -> None:
    """Read the lines of a version, and of the one before it when they are compared, in one question."""
    collect(_compared(smeta), "lines", _lines(whole=True), back="smeta")


def _compared(smeta: Smeta) -> list[Smeta]:
    before = smeta.based_on
    return [smeta, before] if before is not None and before.kind == smeta.kind else [smeta]


@prepared
def _get() -> Select[Smeta]:
    home, decided = joinedload(Smeta.project).joinedload(Project.client), named(joinedload(Smeta.decided_by))
    return select(Smeta).where(Smeta.id == bindparam("smeta")).options(home, decided, joinedload(Smeta.based_on))


@prepared
def _lines(whole: bool) -> Select[int, SmetaLine]:
    rows = select(SmetaLine.smeta_id, SmetaLine).order_by(SmetaLine.smeta_id, SmetaLine.ordinal)
    rows = rows.where(SmetaLine.smeta_id.in_(Among("of")))
    return rows.options(joinedload(SmetaLine.marks).joinedload(LineMark.requirement)) if whole else rows


@prepared
def _numbers() -> Select[int, int]:
    rows = select(LineMark.line_id, Requirement.n).join(Requirement, Requirement.id == LineMark.requirement_id)
    return rows.where(LineMark.line_id.in_(Among("of")))


@prepared
def _payments() -> Select[int, PaymentRow]:
    rows = select(PaymentRow.smeta_id, PaymentRow).order_by(PaymentRow.smeta_id, PaymentRow.ordinal)
    return rows.where(PaymentRow.smeta_id.in_(Among("of")))


@prepared
def _payment_columns() -> Select[*tuple[Any, ...]]:
    row = PaymentRow
    rows = select(row.smeta_id, row.ordinal, row.percent, row.fixed, row.trigger, row.words, row.due_on)
    return rows.where(row.smeta_id.in_(Among("of"))).order_by(row.smeta_id, row.ordinal)


def options() -> tuple[Any, ...]:
    """How a list of versions is read whole."""
    return (
        selectinload(Smeta.lines).joinedload(SmetaLine.marks).joinedload(LineMark.requirement),
        selectinload(Smeta.payments),
        joinedload(Smeta.project).options(
            joinedload(Project.client), joinedload(Project.request), joinedload(Project.own_entity),
        ),
    )
