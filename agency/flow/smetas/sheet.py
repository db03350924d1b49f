"""What goes into the arithmetic of a smeta and what comes out of it: pure records, amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Vat = Literal["on_top", "inside", "reverse_charge"]
Rounding = Literal["per_line", "per_rate_total"]
CommissionMode = Literal["none", "on_net", "of_gross"]
ZERO = Decimal(0)


def _refuse_floats(*figures: object) -> None:
    if any(isinstance(figure, float) for figure in figures):
        raise TypeError("money is counted in Decimal, Fraction or int, never in float")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a smeta; price and cost are per unit in major units, discount and tax rate in per cent.

    A tax rate of None means outside VAT: no VAT at all, or the client's own money in an agent's scheme.
    """

    section: str
    quantity: Decimal | Fraction
    price: Decimal
    cost: Decimal = ZERO
    discount: Decimal = ZERO
    tax_rate: Decimal | None = ZERO
    kind: str = "own"
    discountable: bool = True
    commissionable: bool = False
    optional: bool = False
    key: object = None

    def __post_init__(self) -> None:
        _refuse_floats(self.quantity, self.price, self.cost, self.discount, self.tax_rate)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole smeta; `tax_rate` is the agency's own rate, taken by the commission."""

    currency: str
    vat: Vat = "on_top"
    rounding: Rounding = "per_line"
    discount: Decimal = ZERO
    commission: CommissionMode = "none"
    commission_rate: Decimal = ZERO
    tax_rate: Decimal | None = ZERO

    def __post_init__(self) -> None:
        _refuse_floats(self.discount, self.commission_rate, self.tax_rate)


@dataclass(frozen=True, slots=True)
class Row:
    """A counted line, or the commission when `line` is None; all amounts in minor units.

    full - discount = sum, the printed row; sum - share of the project discount = due;
    due is the net when VAT goes on top and the gross when it is inside.
    """

    line: Line | None
    full: int
    discount: int
    sum: int
    share: int
    due: int
    net: int
    tax: int
    gross: int
    cost: int
    margin: int
    margin_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Section:
    """A department's part of the smeta: `subtotal` adds up the printed rows, `net` what is left of them."""

    key: str
    rows: tuple[Row, ...]
    subtotal: int
    net: int
    cost: int
    margin: int
    margin_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class TaxRow:
    """VAT of one rate."""

    rate: Decimal | None
    net: int
    tax: int
    gross: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything a smeta adds up to, in minor units of its currency; optional rows are shown and not counted."""

    currency: str
    vat: Vat
    rows: tuple[Row, ...]
    options: tuple[Row, ...]
    sections: tuple[Section, ...]
    subtotal: int
    discount_base: int
    discount: int
    commission_base: int
    commission: Row | None
    net: int
    taxes: tuple[TaxRow, ...]
    tax: int
    gross: int
    cost: int
    margin: int
    margin_percent: Decimal | None
