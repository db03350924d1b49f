"""The curve of the budget: today's figures are those of reports, and no day lies about another."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from agency.flow.tasks import progress
from agency.overview.project import burn
from agency.overview.project.work import Job, Line
from agency.people.agency.calendars import WorkingCalendar

CALENDAR = WorkingCalendar("RU")
FIRST, TODAY, LAST = date(2026, 11, 23), date(2026, 12, 18), date(2027, 1, 29)
NOON = datetime(2026, 12, 10, 12, tzinfo=ZoneInfo("Europe/Moscow"))


def _job(state: str, starts: date | None, due: date | None, estimate: int, worked: dict[date, int]) -> Job:
    done = NOON if state == "done" else None
    return Job(1, 1, "creative", "Слоган", state, starts, due, estimate, None, done, None, worked)


LINES = [
    Line(240_000, [_job("done", FIRST, date(2026, 12, 9), 600, {date(2026, 12, 1): 300, date(2026, 12, 10): 240})]),
    Line(93_600, [_job("in_progress", date(2026, 12, 14), date(2026, 12, 25), 480, {date(2026, 12, 15): 700})]),
    Line(50_400, [
        _job("done", None, date(2026, 12, 21), 120, {}),
        _job("taken", date(2026, 12, 7), date(2027, 1, 15), 240, {date(2026, 12, 16): 60}),
    ]),
    Line(180_000),
]  # fmt: skip


def _parts() -> list[progress.Part]:
    return [
        progress.Part(240_000, True, 540, 600, FIRST, date(2026, 12, 9)),
        progress.Part(93_600, False, 700, 480, date(2026, 12, 14), date(2026, 12, 25)),
        progress.Part(50_400, False, 60, 360, date(2026, 12, 7), date(2027, 1, 15)),
        progress.Part(180_000, False),
    ]


def test_today_says_what_a_report_of_today_would_say() -> None:
    chart = burn.chart(LINES, FIRST, LAST, TODAY, CALENDAR)
    assert chart is not None
    assert chart.worked == progress.worked(_parts())
    assert chart.net == 564_000
    for point in chart.points:
        assert point.planned == progress.planned(_parts(), point.on, CALENDAR)


def test_the_curve_goes_up_alone_and_stops_today() -> None:
    chart = burn.chart(LINES, FIRST, LAST, TODAY, CALENDAR)
    assert chart is not None
    known = [point.worked for point in chart.points if point.worked is not None]
    assert known == sorted(known)
    assert [point.on for point in chart.points if point.worked is not None][-1] == TODAY
    assert chart.points[-1].planned == Fraction(240_000 + 93_600 + 50_400, 564_000)
    before = burn.chart(LINES, FIRST, LAST, date(2026, 12, 9), CALENDAR)
    assert before is not None
    assert before.worked == Fraction(240_000, 564_000) * Fraction(300, 600), "it was not done on that day yet"


@pytest.mark.parametrize("days", [0, 3000])
def test_a_short_and_a_long_project_have_a_handful_of_points(days: int) -> None:
    chart = burn.chart([Line(100)], FIRST, FIRST + timedelta(days=days), TODAY, CALENDAR)
    assert chart is not None
    assert 1 <= len(chart.points) <= burn.MOST + 3
    assert burn.chart([], FIRST, LAST, TODAY, CALENDAR) is None
