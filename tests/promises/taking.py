"""One process of P04: a colleague who takes free tasks of the department while there are any."""

import random
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from agency.app import create_app
from agency.flow.tasks import operations, queries
from agency.flow.tasks.models import Task
from agency.kit.db import db, db_reading, unit
from agency.kit.settings import Settings
from agency.kit.states import WrongState
from agency.people.accounts.identity import as_actor
from agency.people.accounts.models import Person
from tests.promises.numbering import PATIENCE


def guarded(task_id: int, person_id: int) -> bool:
    """Take a task as the product does: read, decide and write in one unit."""
    with unit():
        person, task = db.session.get(Person, person_id), queries.get(task_id)
        assert person is not None
        assert task is not None
        try:
            operations.take(task, by=as_actor(person))
        except WrongState:
            return False
        return True


def unguarded(task_id: int, person_id: int) -> bool:
    """Take a task as a careless program does: look in one transaction, write in another without looking again."""
    with db_reading():
        task = queries.get(task_id)
        is_free = task is not None and task.state == "open"
    if not is_free:
        return False
    time.sleep(0.002)
    with unit():
        db.session.execute(
            update(Task.__table__).where(Task.__table__.c.id == task_id).values(state="taken", assignee_id=person_id),
        )
    return True


def take(way: Callable[[int, int], bool], person_id: int) -> tuple[list[int], int]:
    """Take one of the first free tasks, as long as there are any; answers what was got, and the undue refusals."""
    got: list[int] = []
    undue, chance = 0, random.Random(person_id)
    while free := _free():
        began, task_id = time.monotonic(), chance.choice(free)
        try:
            if way(task_id, person_id):
                got.append(task_id)
        except OperationalError:
            # Whoever stands in line too long is refused as a page would be, and tries again; sooner is a fault.
            undue += time.monotonic() - began < PATIENCE
    return got, undue


def take_all(settings: Settings, person_id: int, ready: Path, everybody: int) -> tuple[list[int], int]:
    """The same as a process of its own, begun when everybody is here."""
    with create_app(settings).app_context():
        (ready / str(person_id)).touch()
        while len(list(ready.iterdir())) < everybody:
            time.sleep(0.005)
        told = take(guarded, person_id)
        db.session.remove()
        db.engine.dispose()
    return told


def _free() -> list[int]:
    with db_reading():
        return list(db.session.scalars(select(Task.id).where(Task.state == "open").order_by(Task.id).limit(4)))
