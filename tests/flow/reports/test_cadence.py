"""Reports are due on their days: weekly, every two weeks, monthly, after a stage; never on a day off."""

from datetime import date

import pytest

from agency.flow.reports import clockwork
from agency.flow.reports.cadence import Rhythm, is_due, last_due, next_due
from agency.people.agency.calendars import WorkingCalendar

RU = WorkingCalendar("RU")
MONDAY = date(2026, 11, 23)


def days(rhythm: Rhythm, first: date, n: int) -> list[date]:
    """The next days of a rhythm."""
    found, day = [], first
    for _place in range(n):
        after = next_due(rhythm, RU, day)
        assert after is not None
        found.append(day := after)
    return found


def test_a_weekly_report_comes_on_its_weekday_and_skips_the_long_holidays() -> None:
    weekly = Rhythm("weekly", 4, MONDAY)
    assert days(weekly, date(2026, 12, 18), 3) == [date(2026, 12, 25), date(2027, 1, 15), date(2027, 1, 22)]
    assert last_due(weekly, RU, date(2026, 12, 24)) == date(2026, 12, 18)
    assert last_due(weekly, RU, date(2026, 11, 26)) is None


def test_every_two_weeks_follows_from_the_calendar_and_a_day_off_is_told_before_it() -> None:
    two = Rhythm("fortnightly", 4, MONDAY)
    assert days(two, MONDAY, 3) == [date(2026, 11, 27), date(2026, 12, 11), date(2026, 12, 25)]
    # The Friday of the eighth of January is a day off, so the report comes on the last working day of December.
    assert next_due(two, RU, date(2026, 12, 25)) == date(2026, 12, 30)


def test_once_a_month_is_the_last_such_weekday() -> None:
    assert days(Rhythm("monthly", 4, MONDAY), MONDAY, 3) == [
        date(2026, 11, 27), date(2026, 12, 25), date(2027, 1, 29),
    ]  # fmt: skip


def test_after_a_stage_is_the_next_working_day() -> None:
    stages = Rhythm("milestones", 4, MONDAY, (date(2026, 11, 27), date(2026, 12, 8)))
    assert [day for day in (date(2026, 11, 30), date(2026, 12, 9)) if is_due(stages, RU, day)] == [
        date(2026, 11, 30), date(2026, 12, 9),
    ]  # fmt: skip
    assert not is_due(stages, RU, date(2026, 11, 27))
    assert next_due(stages, RU, date(2026, 12, 9)) is None


@pytest.mark.parametrize(("today", "step"), [
    (date(2026, 12, 18), ""), (date(2026, 12, 21), "before"), (date(2026, 12, 22), ""), (date(2026, 12, 23), "after"),
    (date(2026, 12, 24), ""), (date(2026, 12, 25), "again"), (date(2026, 12, 28), ""),
])  # fmt: skip
def test_a_decision_is_asked_for_before_its_day_and_twice_after_it(today: date, step: str) -> None:
    assert clockwork.step(date(2026, 12, 22), today, RU) == step


def test_a_decision_due_on_a_day_off_is_asked_for_on_the_working_days_around() -> None:
    saturday = date(2026, 12, 19)
    assert clockwork.step(saturday, date(2026, 12, 17), RU) == "before"
    assert clockwork.step(saturday, date(2026, 12, 21), RU) == "after"
