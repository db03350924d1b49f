"""How far a person may let a smeta go out alone: the limits of approval, and what goes beyond them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agency.flow.smetas.counting import given_away
from agency.flow.smetas.totals import Totals
from agency.kit.words import _, money0, percent
from agency.people.agency import queries as agencies

# Handbook section 2: an account manager gives up to 5 % and stays above a margin of 25 %.
DISCOUNT, MARGIN = Decimal(5), Decimal(25)
MANAGER = "account_manager"


@dataclass(frozen=True)
class Allowance:
    """Up to what somebody may decide alone: gross in minor units, discount and margin in per cent."""

    max_gross: int | None = None
    max_discount: Decimal = DISCOUNT
    min_margin: Decimal = MARGIN


def allowance(role: str, currency: str) -> Allowance | None:
    """The limits of a role in a currency; None for owners without limits of their own."""
    row = agencies.limit_of(role, currency)
    if row is not None:
        return Allowance(row.max_gross, row.max_discount, row.min_margin)
    return None if role == "owner" else Allowance()


def excess(totals: Totals, actor: Any) -> list[str]:
    """Why these totals are more than the actor may decide alone, each reason a sentence."""
    return beyond("owner" if actor.has("owner") else MANAGER, totals)


def beyond(role: str, totals: Totals) -> list[str]:
    """What of these totals passes the limits of a role, each a sentence."""
    may = allowance(role, totals.currency)
    if may is None:
        return []
    reasons = []
    given = given_away(totals)
    if given > may.max_discount:
        said = _("The discounts make %(given)s, the limit is %(limit)s.",
                 given=percent(given), limit=percent(may.max_discount))
        reasons.append(said)
    if totals.net > 0 and totals.margin_percent is not None and totals.margin_percent < may.min_margin:
        said = _("The margin is %(margin)s, below the limit of %(limit)s.",
                 margin=percent(totals.margin_percent), limit=percent(may.min_margin))
        reasons.append(said)
    if may.max_gross is not None and totals.gross > may.max_gross:
        said = _("The total is above the limit of %(limit)s.", limit=money0(may.max_gross, totals.currency))
        reasons.append(said)
    return reasons
