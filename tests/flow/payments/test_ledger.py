"""How payments stand on a day, and what they add up to."""

from datetime import date

import pytest

from agency.flow.payments import ledger
from agency.flow.payments.ledger import Standing

TODAY = date(2027, 1, 22)


@pytest.mark.parametrize(("amount", "paid", "due", "state", "late"), [
    (100, 100, date(2026, 12, 15), "paid", 0),
    (100, 0, date(2027, 1, 21), "late", 1),
    (100, 40, date(2027, 1, 12), "late", 10),
    (100, 40, date(2027, 2, 1), "partly", 0),
    (100, 0, date(2027, 1, 22), "soon", 0),
    (100, 0, date(2027, 1, 30), "ahead", 0),
    (100, 0, None, "ahead", 0),
    (-50, 0, None, "ahead", 0),
    (-50, -50, None, "paid", 0),
])  # fmt: skip
def test_a_payment_stands_as_it_should(amount: int, paid: int, due: date | None, state: str, late: int) -> None:
    row = Standing(amount, paid, due, TODAY)
    assert (row.state, row.days_late) == (state, late)


def test_the_sums_of_the_case_are_exact() -> None:
    rows = [
        Standing(106_458_566, 106_458_566, date(2026, 12, 15), TODAY),
        Standing(106_458_566, 0, date(2027, 2, 1), TODAY),
        Standing(53_229_284, 0, None, TODAY),
    ]
    found = ledger.totals(rows)
    assert (found.agreed, found.paid, found.left, found.overdue) == (266_146_416, 106_458_566, 159_687_850, 0)
    late = ledger.totals([Standing(row.amount, row.paid, row.due_on, date(2027, 2, 2)) for row in rows])
    assert late.overdue == 106_458_566


@pytest.mark.parametrize(("amount", "left", "fits"), [
    (1, 100, True), (100, 100, True), (101, 100, False), (0, 100, False), (-1, 100, False),
    (-5, -5, True), (-6, -5, False), (5, -5, False), (1, 0, False),
])  # fmt: skip
def test_nobody_pays_more_than_is_left(amount: int, left: int, fits: bool) -> None:
    assert ledger.fits(amount, left) is fits
