"""The plan of a project on one page: days, people and hours are proposed, one press opens every task."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from flask import request
from markupsafe import Markup, escape

from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.tasks import operations, own, planning, plans, queries, speech
from agency.flow.tasks.days import with_weekday
from agency.flow.tasks.forms import PlanRow, typed_minutes
from agency.flow.tasks.models import Task
from agency.kit import clock, policy
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.web import Room, actor, go, needs, page
from agency.kit.words import _, hours, ngettext, short_name
from agency.people.accounts import queries as persons

SENT = re.compile(r"t([0-9]{1,9})-version")


class Hands:
    """Who may do the tasks of a department, drawn once for all of its rows."""

    def __init__(self, people: Mapping[int, str]) -> None:
        self._everybody = _option(0, _("free to take")) + "".join(_person(id, name) for id, name in people.items())

    def options(self, chosen: int) -> Markup:
        """Everybody to choose from, with one of them chosen."""
        # A name has no quotes of its own here, so a value stands once, in its option.
        marked = self._everybody.replace(f'value="{chosen}">', f'value="{chosen}" selected>', 1)
        return Markup(marked)  # noqa: S704 - numbers of ours and escaped names


@lru_cache(maxsize=2_000)
def _person(id: int, name: str) -> str:
    return _option(id, short_name(name))


def _option(id: int, name: str) -> str:
    return f'<option value="{id}">{escape(name)}</option>'


class Typed(NamedTuple):
    """What stands in the fields of a row."""

    starts_on: str
    due_on: str
    estimate: str
    assignee_id: int
    version: str


@dataclass
class Row:
    """One planned task with what stands in its fields; `theirs` is what somebody else saved meanwhile."""

    task: Task
    typed: Typed
    hands: Hands
    theirs: str = ""
    errors: list[str] = field(default_factory=list)


def routes(room: Room) -> None:
    """Add the page to the room's addresses."""
    room.route("/plan/<int:id>", methods=["GET", "POST"])(needs("task.plan", of=projects.get)(plan))


def plan(project: Project) -> Any:
    """Look over the planned tasks, change what is needed, and open them all."""
    rows, status, gone = _rows(project), 200, []
    if request.method == "POST":
        gone = [task.title for task in _gone(project, rows)]
        status = max([409 if gone else 200, *(_save(row) for row in rows)], key=(200, 422, 409).index)
        if status == 200:
            return _further(project, rows)
        db.session.rollback()
    going = [task for task in own.begun(project.id) if policy.may(actor(), "task.view", task)]
    return page("tasks/plan.html", status, project=project, rows=rows, going=going, gone=gone,
                states=speech.STATES, today=clock.today())


def _further(project: Project, rows: list[Row]) -> Any:
    if "release" not in request.form:
        return go("tasks.plan", id=project.id, said=_("The plan is saved."))
    n = len(rows)
    said = ngettext("%(num)s task is open to its department.", "%(num)s tasks are open to their departments.", n)
    return go("projects.show", id=project.id, said=said)


def _rows(project: Project) -> list[Row]:
    """Each planned task, its fields filled with what is settled or else proposed."""
    tasks = [task for task in queries.planned(project.id) if policy.may(actor(), "task.release", task)]
    days = plans.proposal(project, tasks)
    hands = {code: Hands(people) for code, people in persons.hands({task.department for task in tasks}).items()}
    return [Row(task, _settled(task, days[task.id]), hands[task.department]) for task in tasks]


def _settled(task: Task, proposed: planning.Place) -> Typed:
    starts_on, due_on = task.starts_on or proposed.starts_on, task.due_on or proposed.due_on
    estimate = typed_minutes(task.estimate_minutes)
    return Typed(starts_on.isoformat(), due_on.isoformat(), estimate, task.assignee_id or 0, str(task.version))


def _gone(project: Project, rows: list[Row]) -> list[Task]:
    """Tasks that were on the page when it was opened and are planned no more."""
    here = {row.task.id for row in rows}
    sent = {int(found[1]) for name in request.form if (found := SENT.fullmatch(name))}
    gone = filter(None, map(queries.get, sorted(sent - here)))
    return [task for task in gone if task.project_id == project.id]


def _save(row: Row) -> int:
    """Settle one row: 200, 422 when it is refused, 409 when it has changed meanwhile."""
    task, form = row.task, PlanRow(prefix=f"t{row.task.id}")
    if not form.version.raw_data:
        return 200
    row.typed = Typed(
        form.starts_on._value(), form.due_on._value(), form.estimate.data or "", int(form.assignee_id.data or 0),
        str(task.version),
    )
    if form.version.data != str(task.version):
        row.theirs = ", ".join(filter(None, (
            with_weekday(task.due_on) if task.due_on else "", hours(task.estimate_minutes),
            task.assignee.short_name if task.assignee else _("free to take"),
        )))  # fmt: skip
        return 409
    if not form.validate():
        row.errors = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
        return 422
    who = persons.get(int(form.assignee_id.data)) if form.assignee_id.data else None
    try:
        plans.place(task, actor(), starts_on=form.starts_on.data, due_on=form.due_on.data,
                    estimate_minutes=form.minutes, assignee=who)  # fmt: skip
        if "release" in request.form:
            operations.release(task, by=actor())
    except Refused as refused:
        row.errors = [str(refused.sentence)]
        return refused.status
    return 200
