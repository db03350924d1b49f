"""What the agency's own pages of a smeta show: the grid by department, differences, figures, warnings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from agency.flow.smetas import allowances, drawn, queries
from agency.flow.smetas.catalogue import offered
from agency.flow.smetas.cells import cell
from agency.flow.smetas.comparison import compare
from agency.flow.smetas.counting import foreseen, in_order, parts_of, printed_face
from agency.flow.smetas.models import PaymentRow, Smeta, SmetaLine
from agency.flow.smetas.room import unit_price
from agency.flow.smetas.schedule import Part, UnevenSchedule, divide
from agency.flow.smetas.totals import Row, Totals
from agency.kit import money
from agency.kit.policy import may
from agency.kit.words import percent
from agency.people.departments.models import CODES

COMPARED = ("title", "quantity", "unit", "price", "discount_percent")


@dataclass(frozen=True)
class RowView:
    """A line of the grid with its figures and what it was in the version before."""

    line: SmetaLine
    row: Row
    state: str = ""
    was: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """A department's part of the grid."""

    code: str
    rows: list[RowView]
    gone: list[SmetaLine]
    sum: int
    cost: int
    margin_percent: Decimal | None
    may_edit: bool
    sees_cost: bool
    offers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Difference:
    """How a version differs from the one before it."""

    before: Smeta
    fresh: int
    moved: int
    gone: int
    delta: int
    after: Smeta

    def sentences(self) -> list[str]:
        """What changed, in words."""
        return [change.sentence for change in compare(printed_face(self.before), printed_face(self.after))]


def groups(smeta: Smeta, totals: Totals, actor: Any) -> list[Group]:
    """The grid, every department in its fixed order."""
    before = {line.lineage: line for line in smeta.based_on.lines} if _compares(smeta) else {}
    rows = {row.line.key: row for row in (*totals.rows, *totals.options) if row.line}
    sections = {section.key: section for section in totals.sections}
    lines, found = in_order(smeta.lines), []
    now = {line.lineage for line in lines}
    for code in CODES:
        here = [line for line in lines if line.department == code]
        section = sections.get(code)
        place = SimpleNamespace(KIND="smeta_line", department=code, client_id=smeta.client_id,
                                project_id=smeta.project_id)
        found.append(Group(
            code=code, rows=[_view(line, rows[line.lineage], before) for line in here],
            gone=[line for line in before.values() if line.department == code and line.lineage not in now],
            sum=section.subtotal if section else 0, cost=section.cost if section else 0,
            margin_percent=section.margin_percent if section else None,
            may_edit=smeta.is_draft and may(actor, "smeta_line.edit", place),
            sees_cost=may(actor, "smeta_line.view_cost", place), offers=offered(code, smeta.currency),
        ))  # fmt: skip
    return found


def _compares(smeta: Smeta) -> bool:
    return smeta.based_on is not None and smeta.based_on.kind == smeta.kind


def _view(line: SmetaLine, row: Row, before: Mapping[str, SmetaLine]) -> RowView:
    old = before.get(line.lineage)
    if not before:
        return RowView(line, row)
    if old is None:
        return RowView(line, row, "fresh")
    was = {name: _spoken(name, old) for name in COMPARED if getattr(old, name) != getattr(line, name)}
    return RowView(line, row, "moved" if was else "", was)


def _spoken(name: str, line: SmetaLine) -> str:
    value = getattr(line, name)
    if name == "discount_percent":
        return percent(value)
    return unit_price(value, line.smeta.currency) if name == "price" else cell(name, line)


def difference(smeta: Smeta, grid: list[Group]) -> Difference | None:
    """What changed since the version before."""
    before = smeta.based_on
    if before is None or not _compares(smeta):
        return None
    states = [view.state for group in grid for view in group.rows]
    gone = sum(len(group.gone) for group in grid)
    return Difference(before, states.count("fresh"), states.count("moved"), gone, smeta.gross - before.gross, smeta)


@dataclass(frozen=True)
class Schedule:
    """The amounts of the payments, or the sentence why they do not divide the total."""

    amounts: list[int]
    problem: str = ""


def schedule(total: int, rows: list[Mapping[str, Any]] | list[PaymentRow]) -> Schedule:
    """Divide a total by typed or kept rows."""
    parts = [
        Part(row.get("percent"), row.get("fixed")) if isinstance(row, Mapping) else parts_of([row])[0] for row in rows
    ]
    try:
        return Schedule(divide(total, parts))
    except UnevenSchedule as uneven:
        return Schedule([0] * len(rows), str(uneven))


@dataclass(frozen=True)
class Inner:
    """What only we see: the margin against its goal, and whether somebody else has to look."""

    goal: Decimal
    missing: int
    own_margin: Decimal | None
    reasons: list[str]


def inner(totals: Totals, actor: Any, *, asked: bool = False) -> Inner:
    """The inner box beside the grid; an owner who is `asked` reads what passed the limits of the one who asks."""
    reasons = allowances.beyond(allowances.MANAGER, totals) if asked else allowances.excess(totals, actor)
    goal = queries.margin_goal()
    # The net at which the cost leaves the goal: cost / (1 - goal).
    needed = money.gross_up(totals.cost, goal) if goal < 100 else totals.net
    own = [row for row in totals.rows if row.line and row.line.kind not in ("media", "agent")]
    net, cost = sum(row.net for row in own), sum(row.cost for row in own)
    return Inner(goal, max(0, needed - totals.net), money.ratio(net - cost, net), reasons)


def sheet(smeta: Smeta, actor: Any, typed: Any = None) -> dict[str, Any]:
    """Everything the editor and the read-only page draw; `typed` is what was not saved yet."""
    totals = foreseen(smeta, typed.lines if typed else {}, typed.terms if typed else {})
    grid = groups(smeta, totals, actor)
    payments = typed.payments if typed and typed.payments is not None else queries.payments_of(smeta)
    sees_cost = may(actor, "smeta.view_cost", smeta)
    return {
        "smeta": smeta, "project": smeta.project, "currency": smeta.currency, "totals": totals, "groups": grid,
        "cell": cell, "sees_cost": sees_cost, **_rows(smeta, grid),
        "may_edit": smeta.is_draft and may(actor, "smeta.edit", smeta), "payments": payments,
        "schedule": schedule(totals.gross, payments),
        "inner": inner(totals, actor, asked=smeta.state == "internal_review") if sees_cost else None, "money": money,
        "over_budget": over_budget(smeta, totals),
    }  # fmt: skip


def _rows(smeta: Smeta, grid: list[Group]) -> dict[str, Any]:
    """The function that draws a row, and whether cells of costs are seen at all."""
    sees_cells, is_discounted = any(group.sees_cost for group in grid), bool(smeta.discount_percent)

    def row(macro: str, view: RowView, group: Group, n: int, is_last: bool, said: Any, errors: Any) -> Any:
        place = drawn.Place(n, is_last, sees_cells, is_discounted)
        return drawn.drawn(macro, drawn.row_of(view, smeta, group.sees_cost), place, said, errors)

    return {"row": row, "sees_cells": sees_cells}


def over_budget(smeta: Smeta, totals: Any) -> int | None:
    """By how much the client's budget is passed, in minor units; below zero what is left; None without a budget.

    A budget that includes VAT is held against the gross sum, another one against the net.
    """
    project = smeta.project
    if project.budget is None or project.currency != smeta.currency:
        return None
    gross, net = queries.agreed_before(smeta)
    asked = gross + totals.gross if project.budget_has_vat else net + totals.net
    return int(asked - project.budget)
