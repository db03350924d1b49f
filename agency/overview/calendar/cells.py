"""A day with its first things, as the page has it."""

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from agency.kit.web import drawn_once, macro
from agency.overview.calendar.days import Day
from agency.overview.calendar.queries import Item
from agency.overview.calendar.things import lines

# Days that are kept: some dozens of months, each day with no more things than a week shows.
KEPT, FEW = 2_048, 12


class Cell(NamedTuple):
    """All that a day says on the page; `at` begins the address of its own page, which is alone there."""

    on: date
    is_today: bool
    marks: str
    holiday: str
    items: tuple[Item, ...]
    more: int
    done: int
    at: str
    is_alone: bool


def drawn(days: list[Day], today: date, at: str, *, is_alone: bool) -> list[Markup]:
    """The days as the page has them.

    Months are looked at again and by many: days that were drawn are kept.
    """
    cells = [
        Cell(day.on, day.on == today, day.marks, day.holiday, tuple(day.items), day.more, day.done, at, is_alone)
        for day in days
    ]
    return [_kept(cell, today) if len(cell.items) <= FEW else _drawn(cell, today) for cell in cells]


def _drawn(cell: Cell, today: date) -> Markup:
    return macro("calendar/_cell.html", "cell")(cell, list(lines(cell.items, today)))


_kept = drawn_once(KEPT)(_drawn)
