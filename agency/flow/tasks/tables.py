"""What the room gives as tables: tasks, and the time logged on them."""

from collections.abc import Iterator
from typing import Any

from flask import request

from agency.flow.tasks import queries, worked
from agency.flow.tasks.models import Task
from agency.flow.tasks.speech import STATES
from agency.kit import sheets
from agency.kit.sheets import Sheet
from agency.kit.web import Room, actor, exports, needs, whole
from agency.kit.words import _
from agency.people.departments.models import NAMES


def routes(room: Room) -> None:
    """Add the tables to the room's addresses."""
    room.get("/table")(needs("board.view")(exports(table)))
    room.get("/hours/table")(needs("time_entry.view")(exports(hours_table)))


def table() -> Sheet:
    """The live tasks the actor sees, or with `project_id` every task of one project."""
    columns = [
        sheets.number("№"), sheets.text(_("Task"), 44), sheets.text(_("Department"), 18), sheets.text(_("State"), 16),
        sheets.text(_("Does it")), sheets.day(_("Starts")), sheets.day(_("Due day")),
        sheets.number(_("Planned, hours")), sheets.day(_("Finished")), sheets.text(_("Project number"), 16),
        sheets.text(_("Project")), sheets.text(_("Client")),
    ]  # fmt: skip
    return Sheet(_("Tasks"), columns, map(_task, queries.listed(actor(), _project_id())))


def _project_id() -> int:
    return request.args.get("project_id", 0, type=whole)


def _task(task: Task) -> list[Any]:
    return [
        task.id, task.title, NAMES[task.department], STATES[task.state].words,
        task.assignee.name if task.assignee else "", task.starts_on, task.due_on,
        sheets.in_hours(task.estimate_minutes), task.done_at, task.project.number, task.project.name,
        task.project.client.name,
    ]  # fmt: skip


def hours_table() -> Sheet:
    """The time logged that the actor may see, of one project if it is named."""
    columns = [
        sheets.day(_("Day")), sheets.text(_("Who")), sheets.text(_("Client")), sheets.text(_("Project number"), 16),
        sheets.text(_("Project")), sheets.text(_("Task"), 44), sheets.number(_("Hours")),
        sheets.number(_("Minutes")), sheets.text(_("Note"), 40),
    ]  # fmt: skip
    return Sheet(_("Time worked"), columns, _entries())


def _entries() -> Iterator[list[Any]]:
    for entry, who, task, project, client in worked.entries_for(actor(), _project_id()):
        yield [
            entry.day, who, client, project.number, project.name, task, sheets.in_hours(entry.minutes),
            entry.minutes, entry.note,
        ]  # fmt: skip
