"""How full a week is: what is logged, and the rest of each task spread over its days."""

from datetime import date

from agency.overview.board.load import Held, ahead, busy, capacity, planning_day, week_of
from agency.people.agency.calendars import WorkingCalendar

CALENDAR = WorkingCalendar()
MONDAY = date(2026, 11, 23)


def week(held: list[Held], logged: int) -> int:
    """Minutes of the week of a Monday."""
    return busy(held, logged, MONDAY, ahead(held, MONDAY, CALENDAR))


def test_a_week_of_five_days_holds_thirty_six_hours() -> None:
    assert capacity(MONDAY, CALENDAR) == 36 * 60
    assert capacity(date(2027, 1, 4), CALENDAR) == 0
    assert week_of(date(2026, 11, 29)) == (MONDAY, date(2026, 11, 29))


def test_on_a_weekend_the_coming_week_is_planned() -> None:
    friday, saturday, sunday = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
    assert planning_day(friday, CALENDAR) == friday
    assert [planning_day(day, CALENDAR) for day in (saturday, sunday)] == [MONDAY, MONDAY]


def test_a_task_counts_by_its_days_of_this_week() -> None:
    ten_days = Held(600, MONDAY, date(2026, 12, 4))
    assert week([ten_days], 0) == 300
    assert week([ten_days], 120) == 420


def test_what_is_late_or_has_no_day_weighs_on_this_week_in_full() -> None:
    assert week([Held(240, None, date(2026, 11, 20)), Held(100, None, None)], 0) == 340


def test_what_begins_later_does_not_weigh_yet() -> None:
    assert week([Held(600, date(2026, 11, 30), date(2026, 12, 4))], 0) == 0
    assert week([Held(600, date(2026, 11, 30), None)], 0) == 0


def test_what_others_have_ahead_changes_nobodys_week() -> None:
    days = ahead([Held(60, None, date(2027, 3, 1))], MONDAY, CALENDAR)
    assert busy([Held(600, MONDAY, date(2026, 12, 4))], 0, MONDAY, days) == 300
