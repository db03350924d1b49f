"""The client's face of a smeta: inner figures are not left out of it, they never come in."""

from decimal import Decimal
from typing import Any

from agency.attached.documents.frozen import fingerprint, freeze
from agency.flow.smetas.comparison import compare
from agency.flow.smetas.counting import counted, printed_face
from agency.flow.smetas.models import PaymentRow, Smeta, SmetaLine
from agency.flow.smetas.totals import Row
from agency.people.departments.models import CODES

FORMAT = 1


def content(smeta: Smeta) -> dict[str, Any]:
    """What is agreed, in plain values and in no language: exactly this is sealed by the hash."""
    totals = counted(smeta)
    by_lineage = {line.lineage: line for line in smeta.lines}
    numbered = {line.lineage: n for n, line in enumerate(_as_printed(smeta), 1)}

    def shown(row: Row) -> dict[str, Any]:
        assert row.line is not None  # noqa: S101 the commission stands apart
        return _row(by_lineage[str(row.line.key)], row, numbered[str(row.line.key)])

    return _canonical({
        "format": FORMAT, "number": smeta.number, "currency": smeta.currency, "vat_mode": smeta.vat_mode,
        "rounding": smeta.rounding, "price_kind": smeta.price_kind, "valid_until": smeta.valid_until,
        "basis": smeta.basis, "terms": smeta.terms, "title": smeta.title,
        "sections": [
            {"department": section.key, "subtotal": section.subtotal, "rows": [shown(row) for row in section.rows]}
            for section in sorted(totals.sections, key=lambda section: _place(section.key))
        ],
        "options": sorted((shown(row) for row in totals.options), key=lambda row: row["n"]),
        "subtotal": totals.subtotal, "discount_percent": smeta.discount_percent, "discount": totals.discount,
        "commission_percent": smeta.commission_percent if totals.commission else None,
        "commission": totals.commission.due if totals.commission else 0, "net": totals.net,
        "taxes": [{"rate": tax.rate, "net": tax.net, "tax": tax.tax} for tax in totals.taxes],
        "tax": totals.tax, "gross": totals.gross, "payments": [_payment(row) for row in smeta.payments],
    })  # fmt: skip


def client_face(smeta: Smeta) -> dict[str, Any]:
    """Everything a client may see of a version, with its seal and what was decided."""
    return {
        **content(smeta), "id": smeta.id, "kind": smeta.kind, "n": smeta.n, "state": smeta.state,
        "project": smeta.project.name, "client": smeta.project.client.name, "language": smeta.language,
        "sent_on": smeta.sent_on, "decided_at": smeta.decided_at, "reason": smeta.reason,
        "content_hash": smeta.content_hash, "paid": sum(row.paid for row in smeta.payments),
        "previous": smeta.based_on.number if smeta.based_on else "", "changes": changes(smeta),
    }  # fmt: skip


def changes(smeta: Smeta) -> list[str]:
    """What is different from the version this one was made from, in words of the current language."""
    before = smeta.based_on
    if before is None or before.kind != smeta.kind or before.sent_at is None:
        return []
    return [change.sentence for change in compare(printed_face(before), printed_face(smeta))]


def seal(smeta: Smeta) -> str:
    """The hash of what is agreed."""
    return fingerprint(content=freeze(content(smeta)))


def _canonical(value: Any) -> Any:
    """Decimals written one way: 18.40 before it is stored and 18.4 after are the same price and the same seal."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    if isinstance(value, dict):
        return {name: _canonical(item) for name, item in value.items()}
    return [_canonical(item) for item in value] if isinstance(value, list) else value


def _place(department: str) -> int:
    return CODES.index(department) if department in CODES else len(CODES)


def _as_printed(smeta: Smeta) -> list[SmetaLine]:
    return sorted(smeta.lines, key=lambda line: (line.is_optional, _place(line.department), line.ordinal))


def _row(line: SmetaLine, row: Row, n: int) -> dict[str, Any]:
    return {
        "n": n, "lineage": line.lineage, "department": line.department, "title": line.title, "unit": line.unit,
        "quantity": line.quantity, "minutes": line.minutes, "price": line.price, "discount": line.discount_percent,
        "sum": row.sum, "tax_rate": line.tax_rate, "rounds": line.rounds, "optional": line.is_optional,
        "discountable": line.is_discountable, "accepts": line.client_accepts, "marks": line.numbers,
    }  # fmt: skip


def _payment(row: PaymentRow) -> dict[str, Any]:
    return {
        "n": row.ordinal, "percent": row.percent, "amount": row.amount, "trigger": row.trigger, "words": row.words,
        "due_on": row.due_on,
    }  # fmt: skip
