"""The money of a report in the client's sums: agreed, added, paid, left, worked off; pure, minor units."""

from typing import Any

from agency.flow.reports import worked
from agency.flow.reports.material import Estimate, Material
from agency.people.departments.models import CODES


def burn_of(material: Material) -> worked.Burn:
    """Worked off and planned by the day of the report."""
    return worked.burn(material.lines, material.on, material.calendar)


def agreed(material: Material) -> list[Estimate]:
    """Approved estimates, the base one first."""
    return [estimate for estimate in material.estimates if estimate.state == "approved"]


def offered(material: Material) -> list[Estimate]:
    """Estimates that wait for the client's decision."""
    return [estimate for estimate in material.estimates if estimate.state == "sent"]


def money_of(material: Material) -> dict[str, Any]:
    """Every sum the client reads; nothing of costs, margins or hours."""
    whole, burn = sum(row.gross for row in agreed(material)), burn_of(material)
    paid = sum(payment.paid for payment in material.payments)
    return {
        "currency": material.currency,
        "agreed": whole,
        "paid": paid,
        "left": whole - paid,
        "estimates": [_row(estimate) for estimate in agreed(material)],
        "offered": [_row(estimate) for estimate in offered(material)],
        "next": _next_payment(material),
        "budget": material.budget,
        "over": _over(material),
        "worked": worked.percent(burn.worked),
        "planned": worked.percent(burn.planned),
        "departments": _departments(material),
    }


def _row(estimate: Estimate) -> dict[str, Any]:
    return {
        "number": estimate.number,
        "kind": estimate.kind,
        "gross": estimate.gross,
        "valid_until": estimate.valid_until,
    }


def _over(material: Material) -> int:
    together = sum(row.counts for row in (*agreed(material), *offered(material)))
    return max(0, together - material.budget) if material.budget else 0


def _next_payment(material: Material) -> dict[str, Any] | None:
    open_ = [payment for payment in material.payments if payment.paid < payment.amount]
    if not open_:
        return None
    first = min(open_, key=lambda row: (row.due_on is None, row.due_on or material.on, row.n))
    return {"n": first.n, "amount": first.amount - first.paid, "due_on": first.due_on}


def _departments(material: Material) -> list[dict[str, Any]]:
    found = worked.by_department(material.lines)
    return [
        {"code": code, "net": found[code][0], "worked": worked.percent(found[code][1])}
        for code in (*CODES[-1:], *CODES[:-1])
        if code in found
    ]
