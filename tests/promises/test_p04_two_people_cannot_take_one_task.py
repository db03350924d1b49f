"""P04: two people cannot take one task, however many try at once."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from agency.app import create_app
from agency.flow.tasks import operations
from agency.flow.tasks.models import Task
from agency.kit.db import db, unit
from agency.kit.states import WrongState
from agency.people.accounts import operations as accounts
from tests import cast as players
from tests.cast import Cast
from tests.flow.tasks import factory
from tests.installations import Installation
from tests.promises import crowd, taking
from tests.promises.numbering import settings_in

PEOPLE, TASKS = 8, 100


def prepare(data: Path) -> list[int]:
    """A department of eight and a hundred free tasks; answers who the eight are."""
    with create_app(settings_in(data)).app_context():
        with unit():
            db.metadata.create_all(db.session.connection())
        with unit():
            people = hire(players.assemble())
        db.engine.dispose()
    return people


def hire(cast: Cast) -> list[int]:
    """The eight and their tasks, in the open unit."""
    project = factory.project(cast)
    for n in range(TASKS):
        factory.task(cast, "open", of=project, title=f"Задача {n}")
    return [
        accounts.add_person(f"Мастер {n}", f"maker{n}@agency.example", roles=(("specialist", "creative"),)).id
        for n in range(PEOPLE)
    ]


def race(data: Path, way: str) -> tuple[list[int], int]:
    """What all eight got, and how often they met a locked database."""
    people = prepare(data)
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.promises.taking", str(data), str(person), way],
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for person in people
    ]
    deadline = time.monotonic() + 60
    while not all((data / f"ready-{person}").exists() for person in people) and time.monotonic() < deadline:
        time.sleep(0.01)
    (data / "go").touch()
    got: list[int] = []
    locked = 0
    for run in runs:
        told = json.loads(run.communicate(timeout=90)[0])
        got += told["got"]
        locked += told["locked"]
    return got, locked


@pytest.mark.slow
def test_p04_eight_people_take_a_hundred_tasks_each_once_and_nothing_is_locked(tmp_path: Path) -> None:
    got, locked = race(tmp_path, "guarded")
    assert locked == 0
    assert len(got) == len(set(got)) == TASKS
    with create_app(settings_in(tmp_path)).app_context():
        rows = "SELECT count(*), count(assignee_id), (SELECT count(*) FROM facts WHERE verb = 'task.taken') FROM tasks"
        assert tuple(db.session.execute(text(rows)).one()) == (TASKS, TASKS, TASKS)
        db.engine.dispose()


@pytest.mark.slow
def test_p04_control_without_the_guard_tasks_are_taken_twice(tmp_path: Path) -> None:
    got, _locked = race(tmp_path, "unguarded")
    assert len(got) > len(set(got)), "the race did not show itself: this test proves nothing any more"


def race_on(place: Installation, take: Callable[[int, int], bool]) -> list[int]:
    """What all eight got on PostgreSQL, where nothing but the guard keeps them apart."""
    with place.app.app_context():
        with unit():
            people = hire(place.cast)
        tasks = list(db.session.scalars(select(Task.id).where(Task.state == "open")))
        db.session.remove()

    def take_all(person: int) -> list[int]:
        mine = random.Random(person).sample(tasks, len(tasks))
        return [task for task in mine if take(task, person)]

    got = crowd.at_once(place.app, [partial(take_all, person) for person in people])
    return [task for each in got for task in each]


@pytest.mark.postgres
def test_p04_eight_people_take_a_hundred_tasks_each_once_on_postgresql(on_postgres: Installation) -> None:
    got = race_on(on_postgres, taking.guarded)
    assert len(got) == len(set(got)) == TASKS
    with on_postgres.app.app_context():
        rows = "SELECT count(*), count(assignee_id), (SELECT count(*) FROM facts WHERE verb = 'task.taken') FROM tasks"
        assert tuple(db.session.execute(text(rows)).one()) == (TASKS, TASKS, TASKS)


@pytest.mark.postgres
def test_p04_control_without_the_guard_tasks_are_taken_twice_on_postgresql(on_postgres: Installation) -> None:
    got = race_on(on_postgres, taking.unguarded)
    assert len(got) > len(set(got)), "the race did not show itself: this test proves nothing any more"


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
