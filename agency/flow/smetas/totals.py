"""The arithmetic of a smeta, exact to the minor unit: lines and terms in, totals out; handbook section 2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from agency.flow.smetas.sheet import CommissionMode, Line, Rounding, Row, Section, TaxRow, Terms, Totals, Vat
from agency.kit import money

__all__ = [
    "CommissionMode",
    "Line",
    "Rounding",
    "Row",
    "Section",
    "TaxRow",
    "Terms",
    "Totals",
    "Vat",
    "count",
    "in_hours",
]


@dataclass(slots=True)
class _Count:
    """A row while it is being counted."""

    line: Line | None
    rate: Decimal | None
    full: int
    discount: int
    share: int = 0
    tax: int = 0
    cost: int = 0

    @property
    def sum(self) -> int:
        """The printed row."""
        return self.full - self.discount

    @property
    def due(self) -> int:
        """What is left of it after the project discount."""
        return self.sum - self.share

    def finished(self, vat: Vat) -> Row:
        """The row as it leaves the engine."""
        net = self.due - self.tax if vat == "inside" else self.due
        margin = net - self.cost
        return Row(
            self.line, self.full, self.discount, self.sum, self.share, self.due,
            net, self.tax, net + self.tax, self.cost, margin, money.ratio(margin, net),
        )  # fmt: skip


def in_hours(minutes: int) -> Fraction:
    """Whole minutes as an exact quantity of hours: 140 minutes are 2 1/3 hours, not 2.33."""
    return Fraction(minutes, 60)


def count(lines: Iterable[Line], terms: Terms) -> Totals:
    """Count a whole smeta; the totals do not depend on the order of its lines."""
    counts = [_counted(line, terms.currency) for line in lines]
    kept = [each for each in counts if each.line and not each.line.optional]
    options = [each for each in counts if each.line and each.line.optional]
    base, discount = _give_discount(kept, terms.discount)
    commission_base = sum(each.due for each in kept if each.line and each.line.commissionable)
    commission = _commission(commission_base, terms)
    everything = [*kept, commission] if commission else kept
    taxes = _tax(everything, terms)
    for option in options:
        _tax([option], terms)
    rows = tuple(each.finished(terms.vat) for each in kept)
    extra = commission.finished(terms.vat) if commission else None
    counted = [*rows, extra] if extra else list(rows)
    net, cost = sum(row.net for row in counted), sum(row.cost for row in counted)
    return Totals(
        currency=terms.currency, vat=terms.vat, rows=rows,
        options=tuple(each.finished(terms.vat) for each in options), sections=_sections(rows),
        subtotal=sum(row.sum for row in rows), discount_base=base, discount=discount,
        commission_base=commission_base, commission=extra,
        net=net, taxes=taxes, tax=sum(row.tax for row in counted), gross=sum(row.gross for row in counted),
        cost=cost, margin=net - cost, margin_percent=money.ratio(net - cost, net),
    )  # fmt: skip


def _counted(line: Line, currency: str) -> _Count:
    full = money.times(line.quantity, line.price, currency)
    cost = money.times(line.quantity, line.cost, currency)
    return _Count(line, line.tax_rate, full, money.share(full, line.discount), cost=cost)


def _by_weight(each: _Count) -> tuple[int, Decimal, bool]:
    """Ties of an allocation are settled by what a line is, so that dragging rows never moves a kopeck of a total."""
    rate = Decimal(-1) if each.rate is None else each.rate
    return -each.sum, -rate, bool(each.line and each.line.commissionable)


def _give_discount(kept: Sequence[_Count], percent: Decimal) -> tuple[int, int]:
    """Round the project discount once and lay it on the discountable lines by largest remainder."""
    takers = sorted((each for each in kept if each.line and each.line.discountable), key=_by_weight)
    base = sum(each.sum for each in takers)
    if not percent:
        return base, 0
    discount = money.share(base, percent)
    exact = [each.sum * Fraction(percent) / 100 for each in takers]
    for each, part in zip(takers, money.fit(discount, exact), strict=True):
        each.share = part
    return base, discount


def _commission(base: int, terms: Terms) -> _Count | None:
    """The agency commission: `on_net` base x r, `of_gross` base / (1 - r) - base."""
    if terms.commission == "none" or not terms.commission_rate:
        return None
    rate = terms.commission_rate
    amount = money.share(base, rate) if terms.commission == "on_net" else money.gross_up(base, rate) - base
    return _Count(None, terms.tax_rate, amount, 0)


def _exact_tax(due: int, rate: Decimal, vat: Vat) -> Fraction:
    percent = Fraction(rate)
    return due * percent / (100 + percent) if vat == "inside" else due * percent / 100


def _tax(counts: Sequence[_Count], terms: Terms) -> tuple[TaxRow, ...]:
    """Lay VAT on the rows by the rounding policy and add it up by rate, the highest rate first."""
    rates = sorted({each.rate for each in counts}, key=lambda rate: Decimal(1) if rate is None else -rate)
    return tuple(_tax_rate([each for each in counts if each.rate == rate], rate, terms) for rate in rates)


def _tax_rate(group: Sequence[_Count], rate: Decimal | None, terms: Terms) -> TaxRow:
    if rate is None or terms.vat == "reverse_charge":
        parts = [0] * len(group)
    elif terms.rounding == "per_rate_total":
        exact = [_exact_tax(each.due, rate, terms.vat) for each in group]
        parts = money.fit(int(money.half_up(sum(exact, Fraction(0)))), exact)
    else:
        rounded = money.tax_inside if terms.vat == "inside" else money.share
        parts = [rounded(each.due, rate) for each in group]
    for each, part in zip(group, parts, strict=True):
        each.tax = part
    due, tax = sum(each.due for each in group), sum(parts)
    net = due - tax if terms.vat == "inside" else due
    return TaxRow(rate, net, tax, net + tax)


def _sections(rows: Sequence[Row]) -> tuple[Section, ...]:
    """Subtotals of the departments in the order in which they first appear."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        if row.line:
            by_key.setdefault(row.line.section, []).append(row)
    return tuple(_section(key, tuple(part)) for key, part in by_key.items())


def _section(key: str, rows: tuple[Row, ...]) -> Section:
    net, cost = sum(row.net for row in rows), sum(row.cost for row in rows)
    return Section(
        key, rows, sum(row.sum for row in rows), net, cost, net - cost, money.ratio(net - cost, net)
    )  # fmt: skip
