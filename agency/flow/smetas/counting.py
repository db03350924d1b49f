"""From the rows of a smeta to its arithmetic: what the pure engine is asked, and what it answers."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from agency.flow.smetas import comparison
from agency.flow.smetas.models import PaymentRow, Smeta, SmetaLine
from agency.flow.smetas.schedule import Part
from agency.flow.smetas.totals import Line, Terms, Totals, count, in_hours
from agency.kit import money


def line_of(line: SmetaLine, typed: Mapping[str, Any] = {}) -> Line:
    """A row as the engine takes it, with what was typed over it; its key is the lineage."""

    def now(name: str) -> Any:
        return typed.get(name, getattr(line, name))

    minutes = now("minutes")
    return Line(
        section=line.department, quantity=in_hours(minutes) if minutes else now("quantity"), price=now("price"),
        cost=now("cost"), discount=now("discount_percent"), tax_rate=now("tax_rate"), kind=line.kind,
        discountable=line.is_discountable, commissionable=line.is_commissionable, optional=line.is_optional,
        key=line.lineage,
    )  # fmt: skip


def terms_of(smeta: Smeta, typed: Mapping[str, Any] = {}) -> Terms:
    """What holds for the whole version, as the engine takes it, with what was typed over it."""

    def now(name: str) -> Any:
        return typed.get(name, getattr(smeta, name))

    return Terms(
        currency=smeta.currency, vat=now("vat_mode"), rounding=now("rounding"), discount=now("discount_percent"),
        commission=now("commission_mode"), commission_rate=now("commission_percent"), tax_rate=now("tax_rate"),
    )  # fmt: skip


def in_order(lines: Iterable[SmetaLine]) -> list[SmetaLine]:
    """The lines as they stand on paper."""
    return sorted(lines, key=lambda line: (line.ordinal, line.id or 0))


def counted(smeta: Smeta) -> Totals:
    """Everything a version adds up to."""
    return count([line_of(line) for line in in_order(smeta.lines)], terms_of(smeta))


def foreseen(smeta: Smeta, lines: Mapping[int, Mapping[str, Any]], terms: Mapping[str, Any]) -> Totals:
    """What a version would add up to with what was typed; nothing is written."""
    rows = []
    for line in in_order(smeta.lines):
        typed = dict(lines.get(line.id, {}))
        if "tax_rate" in terms and line.tax_rate == smeta.tax_rate and line.kind != "agent":
            typed["tax_rate"] = terms["tax_rate"]
        rows.append(line_of(line, typed))
    return count(rows, terms_of(smeta, terms))


def parts_of(payments: Iterable[PaymentRow]) -> list[Part]:
    """The payment schedule as the divider takes it."""
    return [Part(percent=row.percent, fixed=row.fixed) for row in payments]


def given_away(totals: Totals) -> Decimal:
    """How much of the full prices is given away by discounts of lines and project together, in per cent."""
    full = sum(row.full for row in totals.rows)
    return money.ratio(full - sum(row.due for row in totals.rows), full) or Decimal(0)


def printed_face(smeta: Smeta) -> comparison.Face:
    """The version as it is compared in words."""
    names = {line.lineage: (line.title, line.unit) for line in smeta.lines}
    return comparison.face(counted(smeta), terms_of(smeta), names)

