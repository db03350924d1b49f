"""What is worked off and what should be, in shares of the net."""

from datetime import date
from fractions import Fraction

import pytest

from agency.attached.hours import operations as hours
from agency.flow.tasks import figures, plans, queries
from agency.flow.tasks.progress import Part, early, planned, worked
from agency.kit import clock
from agency.kit.db import db
from agency.kit.queue import SYSTEM
from agency.people.agency.calendars import WorkingCalendar
from tests.cast import Cast
from tests.flow.smetas import factory as smetas
from tests.flow.tasks import factory

CALENDAR = WorkingCalendar()


def test_a_done_line_counts_in_full_and_a_begun_one_by_its_hours() -> None:
    assert worked([Part(100, True), Part(100, False, 60, 120)]) == Fraction(3, 4)
    assert worked([]) == 0
    assert worked([Part(100, True)]) == 1


def test_nothing_that_is_not_passed_counts_for_more_than_nine_tenths() -> None:
    assert worked([Part(100, False, 500, 120)]) == Fraction(9, 10)
    assert worked([Part(100, False, 500, None)]) == 0


def test_a_plan_spreads_each_line_over_its_working_days() -> None:
    part = Part(100, False, starts_on=date(2026, 12, 7), due_on=date(2026, 12, 18))
    assert planned([part], date(2026, 12, 4), CALENDAR) == 0
    assert planned([part], date(2026, 12, 13), CALENDAR) == Fraction(1, 2)
    assert planned([part], date(2026, 12, 18), CALENDAR) == 1
    assert planned([Part(100, False)], date(2026, 12, 18), CALENDAR) == 0


def test_what_is_finished_before_its_days_is_early_and_what_is_begun_is_not() -> None:
    days = {"starts_on": date(2026, 12, 7), "due_on": date(2026, 12, 18)}
    done, begun = Part(100, True, **days), Part(100, False, 60, 120, **days)
    assert early([done, begun], date(2026, 12, 4), CALENDAR) == Fraction(1, 2)
    assert early([done, begun], date(2026, 12, 13), CALENDAR) == Fraction(1, 4)
    assert early([done, begun], date(2026, 12, 18), CALENDAR) == 0


@pytest.mark.usefixtures("unit")
def test_departments_tell_how_far_they_are(cast: Cast) -> None:
    project = factory.project(cast)
    late = factory.task(cast, "in_progress", of=project, due_on=date(2020, 1, 1), estimate_minutes=600)
    for state in ("done", "open", "cancelled"):
        factory.task(cast, state, of=project)
    hours.log(late, cast.actor("copywriter"), 90)
    [creative] = figures.progress_by_department(project.id)
    assert (creative.done, creative.total, creative.late, creative.free, creative.logged) == (1, 3, 1, 1, 90)
    assert creative.percent == 33


@pytest.mark.usefixtures("unit")
def test_the_share_of_an_approved_estimate_follows_its_tasks(cast: Cast) -> None:
    smeta = smetas.first(smetas.project(cast), cast.actor("vera"))
    smeta.content_hash, smeta.sent_at, smeta.state = "sealed", clock.now(), "approved"
    db.session.flush()
    plans.split(smeta, by=SYSTEM)
    assert figures.worked_share(smeta.project_id) == 0
    for task in queries.of_project(smeta.project_id):
        task.state = "done"
    db.session.flush()
    assert figures.worked_share(smeta.project_id) == 1
