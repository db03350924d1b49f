"""The money of a report in the client's sums: agreed, added, paid, left, worked off; pure, minor units."""

from datetime import date
from fractions import Fraction
from typing import Any

from agency.flow.payments import ledger
from agency.flow.reports import worked
from agency.flow.reports.material import Estimate, Material, Payment
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
    rows = [_payment(payment, material.on) for payment in material.payments]
    return {
        "currency": material.currency,
        "agreed": whole,
        "paid": paid,
        "left": whole - paid,
        "paid_percent": worked.percent(Fraction(paid, whole)) if whole else 0,
        "overdue": sum(row["left"] for row in rows if row["days_late"]),
        "payments": rows,
        "elapsed": _elapsed(material),
        "estimates": [_row(estimate) for estimate in agreed(material)],
        "offered": [_row(estimate) for estimate in offered(material)],
        "next": _next_payment(material),
        "budget": material.budget,
        "over": _over(material),
        "worked": worked.percent(burn.worked),
        "planned": worked.percent(burn.planned),
        "departments": _departments(material),
    }


def _payment(payment: Payment, on: date) -> dict[str, Any]:
    at = ledger.Standing(payment.amount, payment.paid, payment.due_on, on)
    return {
        "n": payment.n, "number": payment.smeta, "percent": payment.percent, "amount": payment.amount,
        "paid": payment.paid, "left": at.left, "due_on": payment.due_on, "paid_on": payment.paid_on,
        "words": payment.words, "state": at.state, "days_late": at.days_late,
    }  # fmt: skip


def _elapsed(material: Material) -> dict[str, Any] | None:
    """How much of the time from the approval of the estimate to the launch has gone."""
    begins, ends = material.agreed_on, material.launches_on
    if begins is None or ends is None or not begins <= material.on <= ends or begins == ends:
        return None
    days, of = (material.on - begins).days, (ends - begins).days
    return {"days": days, "of": of, "percent": worked.percent(Fraction(days, of)), "until": ends}


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
