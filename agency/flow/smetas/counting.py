"""From the rows of a smeta to its arithmetic: what the pure engine is asked, and what it answers."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from agency.flow.smetas import comparison
from agency.flow.smetas.models import PaymentRow, Smeta, SmetaLine
from agency.flow.smetas.schedule import Part
from agency.flow.smetas.totals import Line, Terms, Totals, count, in_hours
from agency.kit import money
from agency.kit.words import hours


def quantity_of(line: SmetaLine) -> Decimal | Fraction:
    """The exact quantity: hours that were typed as 2:20 are 140 minutes, not 2.33."""
    return line.quantity if line.minutes is None else in_hours(line.minutes)


def line_of(line: SmetaLine) -> Line:
    """A row as the engine takes it; its key is the lineage."""
    return Line(
        section=line.department, quantity=quantity_of(line), price=line.price, cost=line.cost,
        discount=line.discount_percent, tax_rate=line.tax_rate, kind=line.kind, discountable=line.is_discountable,
        commissionable=line.is_commissionable, optional=line.is_optional, key=line.lineage,
    )  # fmt: skip


def terms_of(smeta: Smeta) -> Terms:
    """What holds for the whole version, as the engine takes it."""
    return Terms(
        currency=smeta.currency, vat=smeta.vat_mode, rounding=smeta.rounding,  # type: ignore[arg-type]
        discount=smeta.discount_percent, commission=smeta.commission_mode,  # type: ignore[arg-type]
        commission_rate=smeta.commission_percent, tax_rate=smeta.tax_rate,
    )  # fmt: skip


def in_order(lines: Iterable[SmetaLine]) -> list[SmetaLine]:
    """The lines as they stand on paper."""
    return sorted(lines, key=lambda line: (line.ordinal, line.id or 0))


def counted(smeta: Smeta) -> Totals:
    """Everything a version adds up to."""
    return count([line_of(line) for line in in_order(smeta.lines)], terms_of(smeta))


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


def quantity_in_words(line: SmetaLine) -> str:
    """Hours and minutes of a line that was typed so, else nothing."""
    return "" if line.minutes is None else hours(line.minutes)
