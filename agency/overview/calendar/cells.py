"""A day with its first things, as the page has it."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from flask import get_template_attribute, request
from markupsafe import Markup

from agency.kit.words import locale
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
    at: str
    is_alone: bool


def drawn(days: list[Day], today: date, at: str, *, is_alone: bool) -> list[Markup]:
    """The days as the page has them.

    A day hangs on nothing but what it says, today, the language and where the site begins, and months are looked at
    again and by many: days that were drawn are kept.
    """
    how = today, locale(), request.script_root
    cells = [
        Cell(day.on, day.on == today, day.marks, day.holiday, tuple(day.items), day.more, at, is_alone) for day in days
    ]
    return [_kept(cell, *how) if len(cell.items) <= FEW else _drawn(cell, today) for cell in cells]


@lru_cache(maxsize=KEPT)
def _kept(cell: Cell, today: date, _language: str, _root: str) -> Markup:
    return _drawn(cell, today)


def _drawn(cell: Cell, today: date) -> Markup:
    made: Markup = get_template_attribute("calendar/_cell.html", "cell")(cell, list(lines(cell.items, today)))
    return made
