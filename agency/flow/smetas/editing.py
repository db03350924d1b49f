"""Changing a draft: its lines, terms and payments; every change ends in a recount that is kept."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from agency.flow.projects.models import Requirement
from agency.flow.smetas.catalogue import Item, minutes_of
from agency.flow.smetas.counting import counted, in_order, parts_of
from agency.flow.smetas.models import LineMark, PaymentRow, Smeta, SmetaLine
from agency.flow.smetas.schedule import UnevenSchedule, divide
from agency.kit import clock, ids, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import _, lazy, using
from agency.people.departments.models import CODES

QUIET_MINUTES = 15
LINES, PAYMENTS = 500, 12
LINE_FIELDS = frozenset({
    "title", "note", "unit", "quantity", "minutes", "cost", "price", "discount_percent", "tax_rate", "kind",
    "supplier", "is_optional", "is_discountable", "is_commissionable", "client_accepts", "rounds", "ordinal",
    "department",
})  # fmt: skip
TERMS = frozenset({
    "title", "vat_mode", "tax_rate", "rounding", "discount_percent", "commission_mode", "commission_percent",
    "price_kind", "valid_until", "basis", "terms", "note", "language",
})  # fmt: skip


def demand_draft(smeta: Smeta) -> None:
    """Raise WrongState unless the version may still be edited."""
    if not smeta.is_draft:
        raise WrongState(lazy("This version is frozen: what was shown to others is never edited. Make a new version."))


def add_line(smeta: Smeta, department: str, *, by: Any, item: Item | None = None, **fields: Any) -> SmetaLine:
    """Add a line at the end of a department: from the price catalogue, from given fields, or empty."""
    demand_draft(smeta)
    marks = fields.pop("marks", ())
    line = SmetaLine(
        client_id=smeta.client_id, lineage=fields.pop("lineage", None) or ids.short(),
        ordinal=_next_place(smeta), department=department, tax_rate=smeta.tax_rate, **_opening(smeta, item),
    )
    smeta.lines.append(line)
    policy.demand(by, "smeta_line.edit", line)
    if len(smeta.lines) > LINES:
        raise Refused(_("An estimate holds up to %(n)s lines: split it in two.", n=LINES))
    _write_fields(line, fields)
    db.session.flush()
    mark(line, marks)
    return line


def _opening(smeta: Smeta, item: Item | None) -> dict[str, Any]:
    """What a new line starts with."""
    if item is None:
        return {"title": "", "unit": "", "quantity": Decimal(1), "price": Decimal(0), "cost": Decimal(0)}
    with using(smeta.language):
        return {
            "title": str(item.title), "unit": str(item.unit), "quantity": Decimal(1),
            "price": item.price(smeta.currency), "cost": item.cost(smeta.currency),
        }


def change_line(line: SmetaLine, fields: Mapping[str, Any], *, by: Any) -> None:
    """Write what was typed about a line; `marks` are numbers of requirements. Recount afterwards."""
    demand_draft(line.smeta)
    policy.demand(by, "smeta_line.edit", line)
    _write_fields(line, {name: value for name, value in fields.items() if name != "marks"})
    policy.demand(by, "smeta_line.edit", line)
    if "marks" in fields:
        mark(line, fields["marks"])


def _write_fields(line: SmetaLine, fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - LINE_FIELDS
    if unknown:
        raise TypeError(f"a line has no {', '.join(sorted(unknown))}")
    if fields.get("kind") == "agent":
        line.tax_rate = None
    for name, value in fields.items():
        if getattr(line, name) != value:
            setattr(line, name, value)
    if "quantity" in fields and "minutes" not in fields:
        line.minutes = None


def mark(line: SmetaLine, numbers: Iterable[int]) -> None:
    """Tie a line to requirements of its project by their numbers; unknown ones are refused."""
    wanted = set(numbers)
    have = {kept.requirement.n: kept for kept in line.marks}
    for n in have.keys() - wanted:
        line.marks.remove(have[n])
    missing = wanted - have.keys()
    if not missing:
        return
    rows = select(Requirement).where(Requirement.project_id == line.smeta.project_id, Requirement.n.in_(missing))
    found = {requirement.n: requirement for requirement in db.session.scalars(rows)}
    if missing - found.keys():
        raise Refused(_("There is no such requirement in this project."), "marks")
    line.marks.extend(LineMark(requirement=found[n]) for n in sorted(missing))


def remove_line(line: SmetaLine, *, by: Any) -> None:
    """Take a line out of a draft."""
    demand_draft(line.smeta)
    policy.demand(by, "smeta_line.edit", line)
    line.smeta.lines.remove(line)


def duplicate(line: SmetaLine, *, by: Any) -> SmetaLine:
    """Put a copy of a line right below it."""
    copy = add_line(line.smeta, line.department, by=by, **copied(line))
    _renumber(line.smeta, copy, after=line)
    return copy


def copied(line: SmetaLine) -> dict[str, Any]:
    """The fields a copy of a line takes over."""
    fields = {name: getattr(line, name) for name in LINE_FIELDS - {"ordinal", "department"}}
    return {**fields, "marks": line.numbers}


def shift(line: SmetaLine, step: int, *, by: Any) -> None:
    """Move a line up (-1) or down (1) within its department."""
    demand_draft(line.smeta)
    policy.demand(by, "smeta_line.edit", line)
    beside = [other for other in in_order(line.smeta.lines) if other.department == line.department]
    at = beside.index(line) + step
    if 0 <= at < len(beside):
        other = beside[at]
        line.ordinal, other.ordinal = other.ordinal, line.ordinal


def arrange(smeta: Smeta, places: Mapping[int, int], *, by: Any) -> None:
    """Put lines in the typed order of their departments; `places` are line id -> place within the department."""
    demand_draft(smeta)

    def typed(line: SmetaLine) -> tuple[int, int, int]:
        return CODES.index(line.department), places.get(line.id, line.ordinal), line.ordinal

    departments = {line.department for line in smeta.lines if line.id in places}
    for department in departments:
        here = [line for line in in_order(smeta.lines) if line.department == department]
        free = [line.ordinal for line in here]
        for line, ordinal in zip(sorted(here, key=typed), free, strict=True):
            if line.ordinal != ordinal:
                policy.demand(by, "smeta_line.edit", line)
                line.ordinal = ordinal


def _renumber(smeta: Smeta, moved: SmetaLine, after: SmetaLine) -> None:
    rest = [line for line in in_order(smeta.lines) if line is not moved]
    rest.insert(rest.index(after) + 1, moved)
    for place, line in enumerate(rest, 1):
        if line.ordinal != place:
            line.ordinal = place


def _next_place(smeta: Smeta) -> int:
    return max((line.ordinal for line in smeta.lines), default=0) + 1


def set_terms(smeta: Smeta, *, by: Any, **terms: Any) -> None:
    """Write what holds for the whole version. A new VAT rate is taken over by the lines that had the old one."""
    demand_draft(smeta)
    policy.demand(by, "smeta.edit", smeta)
    unknown = set(terms) - TERMS
    if unknown:
        raise TypeError(f"an estimate has no {', '.join(sorted(unknown))}")
    if "tax_rate" in terms and terms["tax_rate"] != smeta.tax_rate:
        for line in smeta.lines:
            if line.tax_rate == smeta.tax_rate and line.kind != "agent":
                line.tax_rate = terms["tax_rate"]
    for name, value in terms.items():
        if getattr(smeta, name) != value:
            setattr(smeta, name, value)


def set_payments(smeta: Smeta, rows: Sequence[Mapping[str, Any]], *, by: Any) -> None:
    """Replace the payment schedule: rows with percent or fixed (neither for the rest), trigger, words, due_on."""
    demand_draft(smeta)
    policy.demand(by, "smeta.edit", smeta)
    if len(rows) > PAYMENTS:
        raise Refused(_("A schedule holds up to %(n)s payments.", n=PAYMENTS), "payments")
    kept = list(smeta.payments)
    for row in kept[len(rows):]:
        smeta.payments.remove(row)
    for n, fields in enumerate(rows, 1):
        row = kept[n - 1] if n <= len(kept) else PaymentRow(client_id=smeta.client_id)
        row.ordinal = n
        for name in ("percent", "fixed", "due_on"):
            setattr(row, name, fields.get(name))
        row.trigger, row.words = fields.get("trigger", "date"), fields.get("words", "")
        if row not in smeta.payments:
            smeta.payments.append(row)
    db.session.flush()


def recount(smeta: Smeta, *, by: Any) -> None:
    """Keep the totals of a draft, the sums of its lines and its payments; note who edited it."""
    demand_draft(smeta)
    totals = counted(smeta)
    sums = {row.line.key: row.sum for row in (*totals.rows, *totals.options) if row.line}
    for line in smeta.lines:
        line.net = sums[line.lineage]
        line.estimate_minutes = line.minutes or minutes_of(line.unit, line.quantity, {smeta.language, "en", "ru"})
    smeta.net, smeta.vat, smeta.gross, smeta.cost = totals.net, totals.tax, totals.gross, totals.cost
    try:
        amounts = divide(smeta.gross, parts_of(smeta.payments))
    except UnevenSchedule:
        amounts = [0] * len(smeta.payments)
    for row, amount in zip(smeta.payments, amounts, strict=True):
        row.amount = amount
    smeta.edited_by_id, smeta.edited_at = by.id, clock.now()
    db.session.flush()


def note_edit(smeta: Smeta, *, by: Any) -> None:
    """Write the fact of an edit, once for a stretch of work of one person."""
    rows = select(journal.Fact).where(
        journal.Fact.subject_kind == smeta.KIND, journal.Fact.subject_id == smeta.id,
    )
    last = db.session.scalars(rows.order_by(journal.Fact.id.desc()).limit(1)).first()
    same = last is not None and last.verb == "smeta.edited" and last.actor_id == by.id
    if same and (clock.now() - last.at).total_seconds() < QUIET_MINUTES * 60:
        return
    journal.fact("smeta.edited", about=smeta, by=by, number=smeta.number)
