"""How payments stand on a day: paid, partly paid, late by so many days, and what they add up to; pure, minor units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# A payment whose day comes within so many days is the next thing to look at.
SOON = 7


@dataclass(frozen=True)
class Standing:
    """One payment on a day; a negative amount is money we give back."""

    amount: int
    paid: int
    due_on: date | None
    today: date

    @property
    def left(self) -> int:
        """What is still to come."""
        return self.amount - self.paid

    @property
    def days_late(self) -> int:
        """How many days the rest is late; 0 while it is not, or nothing is left."""
        if self.due_on is None or not self.left:
            return 0
        return max(0, (self.today - self.due_on).days)

    @property
    def state(self) -> str:
        """One of paid, late, partly, soon, ahead."""
        if not self.left:
            return "paid"
        if self.days_late:
            return "late"
        if self.paid:
            return "partly"
        return "soon" if self.due_on is not None and (self.due_on - self.today).days <= SOON else "ahead"


@dataclass(frozen=True)
class Totals:
    """What was agreed, came, is still to come, and of that is late."""

    agreed: int = 0
    paid: int = 0
    overdue: int = 0

    @property
    def left(self) -> int:
        """What is still to come in all."""
        return self.agreed - self.paid


def totals(payments: Iterable[Standing]) -> Totals:
    """The sums of some payments of one currency."""
    rows = list(payments)
    return Totals(
        agreed=sum(row.amount for row in rows),
        paid=sum(row.paid for row in rows),
        overdue=sum(row.left for row in rows if row.state == "late"),
    )


def fits(amount: int, left: int) -> bool:
    """Whether a receipt settles a part of what is left, never more and never the other way."""
    return 0 < amount <= left or left <= amount < 0
