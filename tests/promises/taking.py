"""One process of P04: a colleague who tries to take every free task of the department."""

import json
import random
import sys
import time
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from agency.app import create_app
from agency.flow.tasks import operations, queries
from agency.flow.tasks.models import Task
from agency.kit.db import db, db_reading, unit
from agency.kit.states import WrongState
from agency.people.accounts.identity import as_actor
from agency.people.accounts.models import Person
from tests.promises.numbering import settings_in


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
    time.sleep(0.0005)
    with unit():
        db.session.execute(
            update(Task.__table__).where(Task.__table__.c.id == task_id).values(state="taken", assignee_id=person_id),
        )
    return True


def main(data: Path, person_id: int, way: str) -> dict[str, object]:
    """Try every task in an order of one's own; answers what was got, and how often the database was locked."""
    got: list[int] = []
    locked = 0
    with create_app(settings_in(data)).app_context():
        with db_reading():
            ids = list(db.session.scalars(db.select(Task.id).where(Task.state == "open")))
        random.Random(person_id).shuffle(ids)
        (data / f"ready-{person_id}").touch()
        while not (data / "go").exists():
            time.sleep(0.002)
        for task_id in ids:
            try:
                if (guarded if way == "guarded" else unguarded)(task_id, person_id):
                    got.append(task_id)
            except OperationalError:
                locked += 1
    return {"person": person_id, "got": got, "locked": locked}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
