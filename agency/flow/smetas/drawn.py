"""Rows of the grid as the pages have them: each is drawn once for what it says, and kept for the next look."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from markupsafe import Markup

from agency.flow.smetas.cells import cell_of
from agency.kit.web import drawn_once, macro

# Rows that are kept: those of some dozens of estimates, about two kilobytes each.
KEPT = 1_024
CELLS = ("quantity", "cost", "price", "discount_percent")


class Row(NamedTuple):
    """All that a row hangs on besides the language: the line, its figures, and what it was in the version before."""

    id: int
    smeta_id: int
    title: str
    unit: str
    quantity: Decimal
    minutes: int | None
    cost: Decimal
    price: Decimal
    discount_percent: Decimal
    numbers: tuple[int, ...]
    is_optional: bool
    is_discountable: bool
    sum: int
    margin_percent: Decimal | None
    state: str
    was: tuple[tuple[str, str], ...]
    currency: str
    sees_cost: bool


class Place(NamedTuple):
    """Where a row stands: its number in the department, and whether it is the last; and what is seen there."""

    n: int
    is_last: bool
    sees_cells: bool
    is_discounted: bool


def row_of(view: Any, smeta: Any, sees_cost: bool) -> Row:
    """What a row of the grid says."""
    line, row = view.line, view.row
    return Row(
        line.id, smeta.id, line.title, line.unit, line.quantity, line.minutes, line.cost, line.price,
        line.discount_percent, tuple(line.numbers), line.is_optional, line.is_discountable, row.sum,
        row.margin_percent, view.state, tuple(view.was.items()), smeta.currency, sees_cost,
    )  # fmt: skip


def drawn(name: str, row: Row, place: Place, said: Mapping[str, str], errors: Mapping[str, str]) -> Markup:
    """The row as a page has it; one with what was typed and not kept is drawn anew."""
    if said or errors:
        return _draw(name, row, place, said, errors)
    return _kept(name, row, place)


@drawn_once(KEPT)
def _kept(name: str, row: Row, place: Place) -> Markup:
    return _draw(name, row, place, {}, {})


def _draw(name: str, row: Row, place: Place, said: Mapping[str, str], errors: Mapping[str, str]) -> Markup:
    cells = {one: cell_of(one, getattr(row, one), row.minutes, row.currency) for one in CELLS}
    return macro("smetas/_rows.html", name)(row, cells, dict(row.was), place, said, errors)
