"""Payment schedules: a total divided into percents and fixed amounts, the last row taking what remains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from agency.kit import money
from agency.kit.words import _


class UnevenSchedule(ValueError):
    """The rows do not divide the total; its text says why in a person's words."""


@dataclass(frozen=True, slots=True)
class Part:
    """One payment: a percentage of the total, or a fixed amount in minor units, or neither for the rest."""

    percent: Decimal | None = None
    fixed: int | None = None

    def __post_init__(self) -> None:
        if isinstance(self.percent, float) or isinstance(self.fixed, float):
            raise TypeError("money is counted in Decimal or int, never in float")
        if self.percent is not None and self.fixed is not None:
            raise ValueError("a payment is a percentage or a fixed amount, not both")


def divide(total: int, parts: Sequence[Part]) -> list[int]:
    """Amounts of the payments in order, adding up to the total exactly; raises UnevenSchedule."""
    _demand_even(total, parts)
    amounts: list[int] = []
    left = total
    for part in parts[:-1]:
        amount = _wanted(total, part)
        if part.percent is not None:
            amount = _within(amount, left)
        amounts.append(amount)
        left -= amount
    return [*amounts, left]


def by_percents(*percents: int | Decimal) -> list[Part]:
    """A schedule of percentages: `by_percents(40, 40, 20)`."""
    return [Part(percent=Decimal(percent)) for percent in percents]


def in_equal_parts(total: int, n: int) -> list[int]:
    """A total in n equal payments, the last taking the remainder: 33.33, 33.33, 33.34."""
    amounts: list[int] = []
    for _payment in range(n - 1):
        amounts.append(_within(money.share(total, Fraction(100, n)), total - sum(amounts)))
    return [*amounts, total - sum(amounts)]


def _wanted(total: int, part: Part) -> int:
    if part.fixed is not None:
        return part.fixed
    return money.share(total, part.percent or Decimal(0))


def _within(amount: int, left: int) -> int:
    """Rounding up a tiny total must not ask for more than is left of it."""
    return min(amount, left) if amount >= 0 else max(amount, left)


def _demand_even(total: int, parts: Sequence[Part]) -> None:
    if not parts:
        raise UnevenSchedule(_("Add at least one payment."))
    for part in parts:
        if (part.percent is not None and part.percent <= 0) or (part.fixed is not None and part.fixed * total < 0):
            raise UnevenSchedule(_("Every payment must be more than zero."))
    if any(part.percent is None and part.fixed is None for part in parts[:-1]):
        raise UnevenSchedule(_("Only the last payment may be “the rest”."))
    percents = sum((part.percent for part in parts if part.percent is not None), Decimal(0))
    fixed = sum(part.fixed for part in parts if part.fixed is not None)
    if percents > 100 or abs(fixed) > abs(total):
        raise UnevenSchedule(_("The payments add up to more than the total."))
    _demand_whole(total, parts, percents, fixed)


def _demand_whole(total: int, parts: Sequence[Part], percents: Decimal, fixed: int) -> None:
    """Without a row for the rest the percents must make 100 and the amounts the total; together they must fit."""
    before = sum(_wanted(total, part) for part in parts[:-1])
    rest = total - before
    last = parts[-1]
    if fixed and rest * total < 0:
        raise UnevenSchedule(_("The payments add up to more than the total."))
    if last.percent is not None and not fixed and percents != 100:
        raise UnevenSchedule(_("The percentages add up to %(sum)s, not to 100.", sum=f"{percents.normalize():f}"))
    if last.fixed is not None and last.fixed != rest:
        raise UnevenSchedule(_("The payments do not add up to the total."))
    if last.percent is not None and fixed and abs(_wanted(total, last) - rest) > len(parts):
        raise UnevenSchedule(_("The payments do not add up to the total."))
