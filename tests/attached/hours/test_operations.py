"""Time is logged in minutes, corrected by its owner, and added up in one question."""

from datetime import timedelta

import pytest

from agency.attached.hours import operations, queries
from agency.kit import clock
from agency.kit.states import Refused
from tests.cast import Cast
from tests.flow.tasks import factory

pytestmark = pytest.mark.usefixtures("unit")


def test_time_is_added_up_by_record_by_person_and_by_project(cast: Cast) -> None:
    task, maria = factory.task(cast, "in_progress"), cast.actor("copywriter")
    other = factory.task(cast, "in_progress")
    operations.log(task, maria, "2:20")
    operations.log(task, maria, 40, clock.today() - timedelta(days=8))
    operations.log(other, maria, 60)
    assert queries.logged_on("task", [task.id, other.id]) == {task.id: 180, other.id: 60}
    assert queries.of_person(maria.id or 0, clock.today(), clock.today()) == 200
    assert queries.of_project(task.project_id) == 180
    assert queries.of_project(task.project_id, first=clock.today()) == 140
    assert queries.logged_on("task", []) == {}


@pytest.mark.parametrize(("minutes", "days", "field"), [("скоро", 0, "minutes"), (0, 0, "minutes"), (60, 1, "day")])
def test_what_cannot_be_is_refused_beside_its_field(cast: Cast, minutes: int | str, days: int, field: str) -> None:
    task = factory.task(cast, "in_progress")
    with pytest.raises(Refused) as refused:
        operations.log(task, cast.actor("copywriter"), minutes, clock.today() + timedelta(days=days))
    assert refused.value.field == field


def test_a_correction_keeps_what_it_was(cast: Cast) -> None:
    task, maria = factory.task(cast, "in_progress"), cast.actor("copywriter")
    entry = operations.log(task, maria, 60, note="тексты")
    operations.correct(entry, maria, "3 ч", clock.today(), "тексты и правки")
    assert (entry.minutes, entry.note) == (180, "тексты и правки")
    assert [row.id for row in queries.of(task)] == [entry.id]
