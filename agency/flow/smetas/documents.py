"""What the PDFs of a smeta show: the client's face, and the inner one for the agency alone."""

from typing import Any

from agency.attached.documents.frozen import picture
from agency.attached.documents.registry import document
from agency.flow.smetas.counting import counted, in_order
from agency.flow.smetas.face import changes, content
from agency.flow.smetas.models import Smeta
from agency.flow.smetas.naming import TRIGGER_NAMES
from agency.kit import clock
from agency.kit.words import _, called, day, day_year, ngettext, percent
from agency.people.agency import queries as agencies
from agency.people.clients import queries as clients
from agency.people.departments.models import CODES


@document("smeta", template="smetas/smeta.pdf.html")
def smeta(record: Smeta, audience: str) -> dict[str, Any]:
    """The estimate as the client reads it, whoever the paper is for."""
    face = content(record)
    return {
        **_frame(record), "face": face, "changes": changes(record),
        "previous": record.based_on.number if record.based_on else "", "payments": _payments(face),
        "rounds": _rounds(record), "signs": _signs(record),
    }


@document("smeta_inner", template="smetas/inner.pdf.html")
def smeta_inner(record: Smeta, audience: str) -> dict[str, Any]:
    """The estimate with its cost and margin; refuses to be made for a client."""
    if audience != "inner":
        raise ValueError("the inner face of a smeta is for the agency alone")
    totals = counted(record)
    lines = {line.lineage: line for line in in_order(record.lines)}
    order = {code: at for at, code in enumerate(CODES)}
    return {
        **_frame(record), "title": _("Estimate %(number)s, inner", number=record.number), "currency": record.currency,
        "sections": [
            {
                "department": section.key, "sum": section.subtotal, "cost": section.cost, "margin": section.margin,
                "percent": section.margin_percent,
                "rows": [_inner_row(lines[str(row.line.key)], row) for row in section.rows if row.line],
            }
            for section in sorted(totals.sections, key=lambda section: order.get(section.key, 9))
        ],
        "net": totals.net, "tax": totals.tax, "gross": totals.gross, "cost": totals.cost, "margin": totals.margin,
        "margin_percent": totals.margin_percent, "discount": totals.discount, "note": record.note,
        "commission": totals.commission.due if totals.commission else 0, "author": record.author.name,
        "cleared_by": record.cleared_by.name if record.cleared_by else "",
    }  # fmt: skip


def _inner_row(line: Any, row: Any) -> dict[str, Any]:
    return {
        "title": line.title, "quantity": line.quantity, "unit": line.unit, "price": line.price, "unit_cost": line.cost,
        "sum": row.sum, "cost": row.cost, "margin": row.margin, "percent": row.margin_percent,
        "supplier": line.supplier, "kind": line.kind,
    }  # fmt: skip


def _frame(record: Smeta) -> dict[str, Any]:
    project, own = record.project, record.project.own_entity
    dates = [(_("Client"), project.client.name), (_("Date"), day_year(record.sent_on or clock.today()))]
    if record.valid_until:
        dates.append((_("Valid until"), day_year(record.valid_until)))
    if project.ends_on:
        dates.append((_("Works"), f"{day(project.starts_on)} – {day(project.ends_on)}"))
    if record.basis:
        dates.append((_("Basis"), record.basis))
    return {
        "title": _("Estimate %(number)s", number=record.number), "number": record.number, "heading": record.title,
        "agency_name": own.brand, "logo_data": picture(agencies.logo_of(own)),
        "agency_line": ", ".join(filter(None, (own.name, own.address, own.site))),
        "facts": dates, "is_draft": record.sent_at is None,
    }


def _payments(face: dict[str, Any]) -> list[dict[str, Any]]:
    """The schedule as sentences: share, when, amount."""
    rows = []
    for row in face["payments"]:
        when = _("until %(day)s", day=day(row["due_on"])) if row["due_on"] else str(TRIGGER_NAMES[row["trigger"]])
        share = percent(row["percent"]) if row["percent"] is not None else ""
        said = row["words"] if row["words"] and not row["due_on"] else when
        rows.append({"share": share, "when": said, "amount": row["amount"]})
    return rows


def _rounds(record: Smeta) -> str:
    """How many rounds of changes the price holds, in the client's words."""
    counts = {line.rounds for line in record.lines if line.kind == "own"} or {0}
    least = min(counts)
    if not least:
        return ""
    return ngettext(
        "%(num)s round of changes to each work is in the price. More is counted apart and only with your yes.",
        "%(num)s rounds of changes to each work are in the price. More is counted apart and only with your yes.", least,
    )


def _signs(record: Smeta) -> dict[str, str]:
    approver = next(iter(clients.approvers(record.client_id)), None)
    manager = record.project.manager
    return {
        "client": ", ".join(filter(None, (approver.person.name, approver.position))) if approver else "",
        "client_name": record.project.client.name, "agency": record.project.own_entity.name,
        "manager": ", ".join(filter(None, (called(manager), manager.phone, manager.email))),
    }

