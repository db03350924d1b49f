"""What stands in a cell of the grid, and in its input."""

from decimal import Decimal
from typing import Any

from agency.flow.smetas.models import SmetaLine
from agency.flow.smetas.room import unit_price
from agency.kit.words import quantity


def cell(name: str, line: SmetaLine) -> str:
    """What stands in a cell of a line."""
    return cell_of(name, getattr(line, name), line.minutes, line.smeta.currency)


def cell_of(name: str, value: Any, minutes: int | None, currency: str) -> str:
    """A value as its cell shows it; hours that were typed as 2:20 are shown so."""
    if name == "quantity" and minutes is not None:
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, Decimal):
        if name in ("cost", "discount_percent") and not value:
            return ""
        return quantity(value) if name == "quantity" else unit_price(value, currency)
    return str(value)
