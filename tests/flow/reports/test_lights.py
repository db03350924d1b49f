"""The traffic lights at their edges; no database."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from agency.flow.reports import lights
from agency.flow.reports.lights import Milestone, Situation
from agency.flow.reports.worked import Burn
from agency.kit.words import using
from agency.people.agency.calendars import WorkingCalendar

ON = date(2026, 12, 18)
CALENDAR = WorkingCalendar()


def now(**known: object) -> Situation:
    fields = {"on": ON, "moved_by": CALENDAR.working_days_between, "stages": (stage(0),), "agreed": 100, **known}
    return Situation(**fields)  # type: ignore[arg-type]


def stage(slip: int, planned: date = date(2026, 12, 21), name: str = "Концепция") -> Milestone:
    return Milestone(name, planned, CALENDAR.add_working_days(planned, slip) if slip else planned)


@pytest.mark.parametrize(("slip", "tone"), [(0, "green"), (1, "amber"), (3, "amber"), (4, "red")])
def test_a_stage_may_slip_three_working_days_before_it_is_in_danger(slip: int, tone: str) -> None:
    assert lights.judge(now(stages=(stage(slip),)))["timing"].tone == tone


def test_a_slip_that_keeps_the_finish_says_so_and_one_that_moves_it_too() -> None:
    last = Milestone("Итоги", date(2027, 4, 9), date(2027, 4, 9))
    with using("ru"):
        assert "финиш 9\u00a0апреля держим" in lights.judge(now(stages=(stage(2), last)))["timing"].reason
        moved = lights.judge(now(stages=(stage(2),)))["timing"].reason
    assert moved == "«Концепция» позже на 2 рабочих дня, финиш сдвигается с 21\u00a0декабря на 23\u00a0декабря"


def test_a_day_that_has_passed_is_no_forecast() -> None:
    late = Milestone("Концепция", ON - timedelta(days=7), ON - timedelta(days=7))
    assert lights.judge(now(stages=(late,)))["timing"].tone == "red"
    done = Milestone("Концепция", ON - timedelta(days=7), ON - timedelta(days=7), done_on=ON)
    assert lights.judge(now(stages=(done,)))["timing"].tone == "green"


@pytest.mark.parametrize(("late", "tone"), [(0, "green"), (1, "amber"), (5, "amber"), (6, "red")])
def test_a_late_answer_of_the_client_holds_the_timing_up(late: int, tone: str) -> None:
    assert lights.judge(now(client_late=late))["timing"].tone == tone


@pytest.mark.parametrize(("worked", "tone"), [(20, "green"), (35, "green"), (36, "amber"), (40, "amber"), (41, "red")])
def test_work_ahead_of_the_plan_burns_the_budget(worked: int, tone: str) -> None:
    burn = Burn(Fraction(worked, 100), Fraction(30, 100))
    assert lights.judge(now(burn=burn))["budget"].tone == tone


def test_work_that_is_finished_early_is_no_alarm() -> None:
    assert lights.judge(now(burn=Burn(Fraction(41, 100), Fraction(0), Fraction(40, 100))))["budget"].tone == "green"


def test_status_no_2_of_the_case_warns_that_the_addition_exceeds_the_budget() -> None:
    known = now(
        agreed=266_146_416, offered=4_050_400, budget=270_000_000, burn=Burn(Fraction(52, 100), Fraction(52, 100))
    )
    with using("ru"):
        budget = lights.judge(known)["budget"]
    assert budget.tone == "amber"
    assert budget.reason == "с предложенным 2\u00a0701\u00a0968,16\u00a0₽, выше бюджета на 1\u00a0968,16\u00a0₽"


def test_rounds_and_remarks_speak_of_scope_and_quality() -> None:
    assert lights.judge(now(over_rounds=("Баннеры",)))["scope"].tone == "amber"
    assert lights.judge(now(remarks=1, rounds=2))["quality"].tone == "green"
    assert lights.judge(now(remarks=1, rounds=3))["quality"].tone == "amber"


def test_all_reasons_of_the_darkest_tone_are_told() -> None:
    with using("en"):
        reason = lights.judge(now(stages=(stage(1),), client_late=2, broken=1))["timing"].reason
    assert reason.count(";") == 2


def test_a_better_light_counts_only_with_a_comment() -> None:
    assert lights.shown("amber", "green", " ") == "amber"
    assert lights.shown("amber", "green", "Запас два дня") == "green"
    assert lights.shown("green", "red", "") == "red"
    assert lights.shown("amber", None, "") == "amber"
    assert lights.shown("amber", "blue", "да") == "amber"
