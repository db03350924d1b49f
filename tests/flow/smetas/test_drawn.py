"""A row of the grid is kept for what it says; in another language, or when it says something else, it is drawn anew."""

from decimal import Decimal

import pytest
from flask import Flask

from agency.flow.smetas.drawn import Place, Row, drawn
from agency.kit.words import using

ROW = Row(
    7, 3, "Ролик <15 с>", "шт", Decimal(2), None, Decimal(100), Decimal("1500.5"), Decimal(0), (2, 4), True, False,
    300_100, Decimal("93.3"), "moved", (("price", "1 400"),), "RUB", True,
)  # fmt: skip
PLACE = Place(1, True, True, True)


@pytest.fixture(autouse=True)
def _asked(app: Flask):
    with app.test_request_context("/"):
        yield


def told(macro: str, row: Row = ROW, place: Place = PLACE, language: str = "ru", **typed: str) -> str:
    with using(language):
        return str(drawn(macro, row, place, typed, {}))


def test_a_row_is_kept_by_language_and_by_all_that_it_says() -> None:
    assert "опция" in told("read")
    assert "option" in told("read", language="en")
    assert told("read") == told("read")
    assert "Ролик &lt;15 с&gt;" in told("read")
    assert "Плакат" in told("read", ROW._replace(title="Плакат"))
    assert "1 400" in told("read")
    assert "1 400" not in told("read", ROW._replace(was=()))


@pytest.mark.parametrize("macro", ["read", "typed"])
def test_costs_are_in_no_row_of_whoever_may_not_see_them(macro: str) -> None:
    seen, hidden = told(macro), told(macro, ROW._replace(sees_cost=False))
    assert "93" in seen
    assert "93" not in hidden
    assert 'class="n ours"' not in told(macro, place=PLACE._replace(sees_cells=False))


def test_what_was_typed_is_shown_and_never_kept() -> None:
    assert 'value="1\xa0500,50"' in told("typed")
    typed = told("typed", **{"line-7-price": 'много"'})
    assert 'value="много&#34;"' in typed
    assert "много" not in told("typed")
    with using("ru"):
        wrong = str(drawn("typed", ROW, PLACE, {}, {"line-7-price": "Цена — это число."}))
    assert 'aria-describedby="line-7-price-error"' in wrong
    assert "Цена — это число." not in told("typed")
