"""A payment is spoken of on the days of the ladder, each once, however long the weekend was."""

from datetime import date

import pytest

from agency.flow.payments import ladder

DUE = date(2027, 2, 1)


@pytest.mark.parametrize(("since", "today", "step", "late"), [
    (date(2027, 1, 27), date(2027, 1, 28), "", ""),
    (date(2027, 1, 28), date(2027, 1, 29), "before", ""),
    (date(2027, 1, 29), date(2027, 2, 1), "", ""),
    (date(2027, 2, 1), date(2027, 2, 2), "after", "payment.late"),
    (date(2027, 2, 2), date(2027, 2, 3), "", ""),
    (date(2027, 2, 5), date(2027, 2, 8), "week", ""),
    (date(2027, 2, 12), date(2027, 2, 15), "", "payment.very_late"),
])  # fmt: skip
def test_each_day_has_its_step(since: date, today: date, step: str, late: str) -> None:
    assert (ladder.step(DUE, since, today), ladder.late_step(DUE, since, today)) == (step, late)
