"""The minutes on a task are the sum of its entries, whatever becomes of them."""

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from agency.attached.hours import operations as hours
from agency.attached.hours.models import TimeEntry
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow.tasks import factory


def minutes(*ids: int) -> list[int]:
    db.session.rollback()
    return [db.session.scalars(select(Task.logged_minutes).where(Task.id == id)).one() for id in ids]


@pytest.mark.on_both
def test_minutes_follow_what_is_logged_corrected_moved_and_dropped(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            one, other = (factory.task(cast, "in_progress", title=title) for title in ("Слоган", "Тексты"))
            ids = one.id, other.id
            version = one.version
            entry = hours.log(one, by=cast.actor("copywriter"), minutes=45)
            hours.log(one, by=cast.actor("copywriter"), minutes="1:30")
            entry_id = entry.id
        assert minutes(*ids) == [135, 0]
        assert db.session.get_one(Task, ids[0]).version == version, "two people may log at once"
        with unit():
            entry = db.session.get_one(TimeEntry, entry_id)
            hours.correct(entry, by=cast.actor("copywriter"), minutes=60, day=clock.today())
        assert minutes(*ids) == [150, 0]
        with unit():
            db.session.execute(update(TimeEntry).where(TimeEntry.id == entry_id).values(subject_id=ids[1]))
        assert minutes(*ids) == [90, 60]
        with unit():
            db.session.execute(delete(TimeEntry).where(TimeEntry.id == entry_id))
        assert minutes(*ids) == [90, 0]


@pytest.mark.on_both
def test_time_on_anything_but_a_task_is_no_tasks_time(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            task = factory.task(cast, "in_progress")
            id = task.id
            db.session.add(TimeEntry(
                subject_kind="project", subject_id=id, client_id=task.client_id, project_id=task.project_id,
                person_id=cast.persons["vera"], day=clock.today(), minutes=30,
            ))
        assert minutes(id) == [0]
        with unit():
            db.session.execute(update(TimeEntry).where(TimeEntry.subject_id == id).values(subject_kind="task"))
        assert minutes(id) == [30]
