"""A day of the calendar as it is drawn: kept for whoever sees the same, and for nobody else."""

from datetime import date, timedelta

from flask import Flask
from markupsafe import Markup

from agency.kit import words
from agency.overview.calendar import cells
from agency.overview.calendar.days import Day
from agency.overview.calendar.kinds import RANKS
from agency.overview.calendar.queries import Item

DAY = date(2026, 11, 25)


def _drawn(app: Flask, title: str = "Слоган", things: int = 1, today: date = DAY) -> list[Markup]:
    items = [Item(DAY, RANKS["task"], "task", n, title, "open", 0, 1, "Сайт", "Ёж") for n in range(1, things + 1)]
    with app.test_request_context():
        return cells.drawn([Day(DAY, False, False, "", items)], today, "/calendar/?on=", is_alone=False)


def test_a_day_is_drawn_once_as_long_as_it_says_the_same(app: Flask) -> None:
    (first,), (again,), (renamed,) = _drawn(app), _drawn(app), _drawn(app, title="Ролик")
    assert again is first
    assert "Слоган" in first
    assert "Ролик" in renamed
    assert "Слоган" not in renamed


def test_a_day_that_was_kept_is_told_in_the_language_of_the_reader_and_grows_late(app: Flask) -> None:
    (russian,) = _drawn(app)
    with words.using("en"):
        (english,) = _drawn(app)
    assert "25\N{NO-BREAK SPACE}ноября" in russian
    assert "25\N{NO-BREAK SPACE}November" in english
    (late,) = _drawn(app, today=DAY + timedelta(days=1))
    assert 'aria-current="date"' in russian
    assert 'aria-current="date"' not in late
    assert "просрочено" in late


def test_a_day_of_very_many_things_is_not_kept(app: Flask) -> None:
    (first,), (again,) = _drawn(app, things=cells.FEW + 1), _drawn(app, things=cells.FEW + 1)
    assert again == first
    assert again is not first
