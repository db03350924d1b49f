"""P04: two people cannot take one task, however many try at once."""

from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text, update

from agency.flow.tasks import operations
from agency.flow.tasks.models import Task
from agency.kit.db import db, unit
from agency.kit.states import WrongState
from agency.people.accounts import operations as accounts
from tests import forks
from tests.cast import Cast
from tests.figures import figure
from tests.flow.tasks import factory
from tests.installations import Installation
from tests.promises import crowd, taking

PEOPLE = 8
TASKS = figure(400, 4000)


def hire(cast: Cast, tasks: int) -> list[int]:
    """A department with free tasks, in the open unit; answers who its eight people are."""
    project = factory.project(cast)
    for n in range(tasks):
        factory.task(cast, "open", of=project, title=f"Задача {n}")
    roles = (("specialist", "creative"),)
    return [accounts.add_person(f"Мастер {n}", f"maker{n}@agency.example", roles=roles).id for n in range(PEOPLE)]


@pytest.mark.slow
def test_p04_eight_people_take_four_hundred_tasks_each_once(
    installation: Installation, app: Flask, cast: Cast, tmp_path: Path,
) -> None:
    with app.app_context(), unit():
        people = hire(cast, TASKS)
    installation.let_go()
    told = forks.at_once(taking.take_all, [(installation.settings, person, tmp_path, PEOPLE) for person in people])
    got = [task for each, _ in told for task in each]
    assert sum(undue for _, undue in told) == 0, "somebody was refused before time"
    assert len(got) == len(set(got)) == TASKS
    with app.app_context():
        rows = "SELECT count(*), count(assignee_id), (SELECT count(*) FROM facts WHERE verb = 'task.taken') FROM tasks"
        assert tuple(db.session.execute(text(rows)).one()) == (TASKS, TASKS, TASKS)


@pytest.mark.slow
def test_p04_control_without_the_guard_tasks_are_taken_twice(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        people = hire(cast, 40)
    told = crowd.at_once(app, [partial(taking.take, taking.unguarded, person) for person in people])
    got = [task for each, _ in told for task in each]
    assert len(got) > len(set(got)) == 40, "the race did not show itself: this test proves nothing any more"


@pytest.mark.usefixtures("unit")
def test_p04_a_stale_row_is_refused_by_its_version_and_the_winner_is_named(cast: Cast) -> None:
    task = factory.task(cast, "open")
    db.session.execute(
        update(Task.__table__).where(Task.__table__.c.id == task.id)
        .values(state="taken", assignee_id=cast.persons["designer"], version=task.version + 1),
    )
    assert task.state == "open"
    with pytest.raises(WrongState, match="Белозёр"):
        operations.take(task, by=cast.actor("copywriter"))
