"""Time worked with the tasks it was worked on, as far as somebody may see it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from agency.attached.hours.models import TimeEntry
from agency.flow.projects.models import Project
from agency.flow.tasks.models import Task
from agency.kit.db import db
from agency.people.accounts.models import Person
from agency.people.clients.models import Client

SEES_ALL = ("owner", "admin", "head", "finance")


def entries_for(actor: Any, project_id: int = 0) -> Iterator[tuple[TimeEntry, str, str | None, Project, str]]:
    """Entries as the policy grants `time_entry.view`, the newest day first: entry, person, task, project, client."""
    rows = (
        select(TimeEntry, Person.name, Task.title, Project, Client.name)
        .join(Person, Person.id == TimeEntry.person_id).join(Project, Project.id == TimeEntry.project_id)
        .join(Client, Client.id == TimeEntry.client_id)
        .outerjoin(Task, (Task.id == TimeEntry.subject_id) & (TimeEntry.subject_kind == Task.KIND))
    )
    if not actor.has(*SEES_ALL):
        reach = TimeEntry.person_id == actor.id
        if actor.has("account_manager"):
            reach |= TimeEntry.client_id.in_(actor.client_ids) | TimeEntry.project_id.in_(actor.project_ids)
        rows = rows.where(reach)
    if project_id:
        rows = rows.where(TimeEntry.project_id == project_id)
    rows = rows.order_by(TimeEntry.day.desc(), TimeEntry.id.desc())
    for found in db.session.execute(rows.execution_options(yield_per=500)):
        yield found[0], found[1], found[2], found[3], found[4]
