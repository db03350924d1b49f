"""What a client may see of tasks: titles, days and versions that were shown, nothing of the kitchen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from agency.flow.tasks.models import Delivery, DueMove, Task
from agency.flow.tasks.queries import LIVE, files_of, whole
from agency.kit.db import Among, ask, prepared

# A client sees what is being worked on and what is done, never what is planned or was cancelled.
SHOWN = (*LIVE, "done")


@dataclass(frozen=True)
class ClientTask:
    """A task as lists tell of it to its client; `waits` says that the client's answer is waited for.

    `version` is the number of the newest version that was shown, `shown_at` when it was.
    """

    id: int
    project_id: int
    title: str
    department: str
    state: str
    due_on: date | None
    done_at: datetime | None
    round: int
    rounds: int
    waits: bool
    version: int | None
    shown_at: datetime | None


@dataclass(frozen=True)
class WholeTask(ClientTask):
    """The same with the version itself, its files, and the days that moved."""

    moves: tuple[DueMove, ...] = ()
    delivery: Delivery | None = None
    files: tuple[Any, ...] = ()

    @property
    def seen(self) -> str:
        """The hash of the version that is shown, which an answer must carry."""
        return self.delivery.content_hash if self.delivery else ""


def of_project(client_ids: Collection[int], project_id: int) -> list[ClientTask]:
    """The public tasks of a project as their client may see them, those that wait for an answer first."""
    rows = ask(_of_project(), clients=list(client_ids), project=project_id)
    found = (
        ClientTask(
            row.id, project_id, row.title, row.department, row.before_block or row.state, row.due_on, row.done_at,
            row.round, row.rounds, row.state == "client_review", row.version, row.shown_at,
        ) for row in rows
    )  # fmt: skip
    return sorted(found, key=lambda task: not task.waits)


@prepared
def _of_project() -> Select[*tuple[Any, ...]]:
    shown = (
        select(Delivery.task_id, func.max(Delivery.n).label("version"), func.max(Delivery.shown_at).label("shown_at"))
        .where(Delivery.project_id == bindparam("project"), Delivery.shown_at.is_not(None))
        .group_by(Delivery.task_id).subquery()
    )  # fmt: skip
    return (
        select(
            Task.id, Task.title, Task.department, Task.state, Task.before_block, Task.due_on, Task.done_at, Task.round,
            Task.rounds, shown.c.version, shown.c.shown_at,
        ).outerjoin(shown, shown.c.task_id == Task.id)
        .where(
            Task.project_id == bindparam("project"), Task.client_id.in_(Among("clients")),
            Task.is_public, Task.state.in_(SHOWN),
        ).order_by(Task.due_on.is_(None), Task.due_on, Task.id)
    )  # fmt: skip


def one(client_ids: Collection[int], task_id: int) -> WholeTask | None:
    """One public task as its client may see it, or None."""
    task = whole(task_id)
    if task is None or task.client_id not in client_ids or not task.is_public or task.state not in SHOWN:
        return None
    shown = next((delivery for delivery in reversed(task.deliveries) if delivery.shown_at is not None), None)
    files = files_of([shown]).get(shown.id, []) if shown else []
    return WholeTask(
        task.id, task.project_id, task.title, task.department, task.stands_in, task.due_on, task.done_at, task.round,
        task.rounds, task.state == "client_review", shown.n if shown else None, shown.shown_at if shown else None,
        tuple(task.due_moves), shown, tuple(file for file in files if file.audience == "client"),
    )  # fmt: skip
