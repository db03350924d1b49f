"""What the room gives as tables: the lines of a version, the client's face or the inner one, and payments."""

from collections.abc import Iterator
from typing import Any

from flask import request

from agency.flow.projects.models import Project
from agency.flow.smetas import queries
from agency.flow.smetas.counting import counted
from agency.flow.smetas.face import client_face
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.smetas.naming import KIND_NAMES, TRIGGER_NAMES
from agency.kit import sheets
from agency.kit.policy import may
from agency.kit.sheets import Sheet
from agency.kit.web import Room, actor, exports, needs, whole
from agency.kit.words import _, mark
from agency.people.departments.models import NAMES


def routes(room: Room) -> None:
    """Add the tables to the room's addresses."""
    room.get("/<int:id>/table")(needs("smeta.read", of=queries.get_whole)(exports(table)))
    room.get("/payments/table")(needs("payment_row.view")(exports(payments_table)))


def table(smeta: Smeta) -> Sheet:
    """The lines: with cost and margin for whoever may see them, else just what the client sees."""
    return inner(smeta) if may(actor(), "smeta.view_cost", smeta) else for_client(smeta)


def payments_table() -> Sheet:
    """What clients pay when, by approved estimates; of one project if it is named."""
    return payments(queries.payments_for(actor(), request.args.get("project_id", 0, type=whole)))


def for_client(smeta: Smeta) -> Sheet:
    """The lines of a version as its client knows them, out of the client's face alone."""
    return Sheet(_("Estimate %(number)s", number=smeta.number), _face_columns(), list(_face_rows(client_face(smeta))))


def _face_columns() -> list[sheets.Column]:
    return [
        sheets.number("№"), sheets.text(_("Department"), 18), sheets.text(_("Work"), 48), sheets.text(_("Unit"), 10),
        sheets.number(_("Quantity")), sheets.sums(_("Price")), sheets.number(_("Discount, %")), sheets.sums(_("Sum")),
        sheets.number(_("VAT, %")), sheets.text(_("Currency"), 9), sheets.text(_("Option"), 9),
        sheets.text(_("Requirements"), 16),
    ]  # fmt: skip


def _face_rows(face: dict[str, Any]) -> Iterator[list[Any]]:
    currency = face["currency"]
    for row in (*(row for section in face["sections"] for row in section["rows"]), *face["options"]):
        quantity = row["quantity"] if row["minutes"] is None else sheets.in_hours(row["minutes"])
        yield [
            row["n"], NAMES[row["department"]], row["title"], row["unit"], quantity, row["price"], row["discount"],
            sheets.major(row["sum"], currency), row["tax_rate"], currency, row["optional"],
            ", ".join(mark(n) for n in row["marks"]),
        ]


def inner(smeta: Smeta) -> Sheet:
    """The same lines with what is for the agency alone: cost, margin, supplier, note."""
    totals = counted(smeta)
    ours = {row.line.key: row for row in (*totals.rows, *totals.options) if row.line}
    lines = {line.lineage: line for line in smeta.lines}
    face = client_face(smeta)
    keys = [row["lineage"] for part in (*face["sections"], {"rows": face["options"]}) for row in part["rows"]]
    rows = [
        [*row, KIND_NAMES[lines[key].kind], lines[key].cost, sheets.major(ours[key].cost, smeta.currency),
         sheets.major(ours[key].margin, smeta.currency), ours[key].margin_percent, lines[key].supplier,
         lines[key].note]
        for key, row in zip(keys, _face_rows(face), strict=True)
    ]  # fmt: skip
    columns = [
        *_face_columns(), sheets.text(_("What it is"), 18), sheets.sums(_("Unit cost")), sheets.sums(_("Cost")),
        sheets.sums(_("Margin")), sheets.number(_("Margin, %")), sheets.text(_("Supplier")), sheets.text(_("Note")),
    ]  # fmt: skip
    return Sheet(_("Estimate %(number)s, inner", number=smeta.number), columns, rows)


def payments(rows: Iterator[tuple[PaymentRow, Smeta, Project]]) -> Sheet:
    """Payments with their clients and projects."""
    columns = [
        sheets.text(_("Client")), sheets.text(_("Project number"), 16), sheets.text(_("Project")),
        sheets.text(_("Estimate"), 18), sheets.number("№"), sheets.day(_("Due day")), sheets.text(_("When")),
        sheets.sums(_("Amount")), sheets.sums(_("Paid")), sheets.sums(_("Left to pay")), sheets.text(_("Currency"), 9),
        sheets.day(_("Paid on")),
    ]  # fmt: skip
    return Sheet(_("Payments"), columns, (_payment(*row) for row in rows))


def _payment(row: PaymentRow, smeta: Smeta, project: Project) -> list[Any]:
    currency = smeta.currency
    return [
        project.client.name, project.number, project.name, smeta.number, row.ordinal, row.due_on,
        row.words or TRIGGER_NAMES[row.trigger], sheets.major(row.amount, currency), sheets.major(row.paid, currency),
        sheets.major(row.amount - row.paid, currency), currency, row.paid_on,
    ]  # fmt: skip
