"""The questions asked about tasks; lists keep to what the actor may see."""

from typing import Any

from sqlalchemy import or_, select

from agency.flow.tasks.models import Task
from agency.kit.db import db


def get(task_id: int) -> Task | None:
    """A task by id."""
    return db.session.get(Task, task_id)


def has_work_for(project_id: int, actor: Any) -> bool:
    """Whether a project has a task of the actor's own or of the actor's departments."""
    rows = select(Task.id).where(
        Task.project_id == project_id,
        or_(Task.assignee_id == actor.id, Task.department.in_(actor.departments)),
    )
    return db.session.scalar(rows.limit(1)) is not None
