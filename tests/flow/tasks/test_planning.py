"""Days proposed for a plan, so that nothing is typed twice."""

from datetime import date

from agency.flow.tasks.planning import Wish, propose
from agency.people.agency.calendars import WorkingCalendar

CALENDAR = WorkingCalendar()
MONDAY = date(2026, 12, 7)


def test_tasks_of_a_department_follow_one_another_as_fast_as_its_hands_allow() -> None:
    wishes = [Wish(1, "creative", 720), Wish(2, "creative", 720), Wish(3, "media", 360)]
    alone = propose(wishes, MONDAY, None, CALENDAR, {"creative": 1, "media": 1})
    assert (alone[1].starts_on, alone[1].due_on) == (MONDAY, date(2026, 12, 8))
    assert (alone[2].starts_on, alone[2].due_on) == (date(2026, 12, 9), date(2026, 12, 10))
    assert (alone[3].starts_on, alone[3].due_on) == (MONDAY, MONDAY)
    together = propose(wishes, MONDAY, None, CALENDAR, {"creative": 2})
    assert together[2].starts_on == date(2026, 12, 8)


def test_nothing_is_proposed_on_a_day_off_or_after_the_end() -> None:
    long = [Wish(1, "creative", 360 * 60)]
    [place] = propose(long, date(2026, 12, 5), date(2026, 12, 18), CALENDAR, {}).values()
    assert (place.starts_on, place.due_on) == (MONDAY, date(2026, 12, 18))
    [place] = propose([Wish(1, "creative", 360 * 20)], date(2026, 12, 21), None, CALENDAR, {}).values()
    assert CALENDAR.is_working(place.due_on)
    assert place.due_on > date(2027, 1, 10)


def test_running_the_project_takes_all_of_it() -> None:
    [place] = propose([Wish(1, "account", None, whole=True)], MONDAY, date(2027, 3, 31), CALENDAR, {}).values()
    assert (place.starts_on, place.due_on) == (MONDAY, date(2027, 3, 31))
    [open_end] = propose([Wish(1, "account", None, whole=True)], MONDAY, None, CALENDAR, {}).values()
    assert open_end.due_on > MONDAY


def test_a_task_that_nobody_estimated_gets_a_few_days() -> None:
    [place] = propose([Wish(1, "media", None)], MONDAY, None, CALENDAR, {}).values()
    assert (place.starts_on, place.due_on) == (MONDAY, date(2026, 12, 9))
