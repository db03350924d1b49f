"""Pages where one task is settled: added by hand, or changed."""

from typing import Any

from flask import request

from agency.flow.projects import queries as projects
from agency.flow.projects import requirements
from agency.flow.projects.models import Project
from agency.flow.tasks import plans, queries
from agency.flow.tasks.days import with_weekday
from agency.flow.tasks.forms import TaskForm, typed_minutes
from agency.flow.tasks.models import Task
from agency.flow.tasks.plans import Settled
from agency.kit.db import db
from agency.kit.web import Room, actor, choices, go, needs, page, refusals
from agency.kit.words import _
from agency.people.departments.models import CODES, NAMES


def routes(room: Room) -> None:
    """Add the pages to the room's addresses."""
    room.route("/new/<int:id>", methods=["GET", "POST"])(needs("task.plan", of=projects.get)(new))
    room.route("/<int:id>/edit", methods=["GET", "POST"])(needs("task.edit", of=queries.get)(edit))


def new(project: Project) -> Any:
    """A task by hand."""
    form = _form(project, department=request.args.get("department", "creative"))
    if form.sent():
        with refusals(form) as answer:
            task = plans.make(project, _settled(form), by=actor())
        if answer.ok:
            return go("tasks.show", id=task.id, said=_("Added. Open it when the department may see it."))
    return _page(form, project, 422 if request.method == "POST" else 200)


def edit(task: Task) -> Any:
    """Change a task; when somebody else did meanwhile, both versions are shown."""
    form = _form(
        task.project, version=task.version, title=task.title, department=task.department, about=task.about,
        starts_on=task.starts_on, due_on=task.due_on, estimate=typed_minutes(task.estimate_minutes), rounds=task.rounds,
        client_accepts=task.client_accepts, is_public=task.is_public,
        requirement_ids=[mark.requirement_id for mark in task.marks],
    )  # fmt: skip
    status, conflict = 200, []
    if form.sent():
        if form.version.data != str(task.version):
            status, conflict = 409, _both(form, task)
            form.version.data = str(task.version)
        else:
            with refusals(form) as answer:
                plans.edit(task, _settled(form), by=actor(), reason=form.reason.data or "")
            if answer.ok:
                return go("tasks.show", id=task.id, said=_("Saved."))
            status = answer.status
            db.session.rollback()
    elif request.method == "POST":
        status = 422
    return _page(form, task.project, status, task=task, conflict_parts=conflict)


def _page(form: TaskForm, project: Project, status: int, **more: Any) -> Any:
    rows = requirements.of(project.id)
    return page("tasks/edit.html", status, form=form, project=project, requirements=rows, **({"task": None} | more))


def _form(project: Project, **known: Any) -> TaskForm:
    form = TaskForm(data=known)
    mine = actor().departments if not actor().has("owner", "account_manager") else CODES
    form.department.choices = choices(
        (code, NAMES[code]) for code in CODES if code in mine or code == form.department.data
    )
    return form


def _settled(form: TaskForm) -> Settled:
    return Settled(
        title=form.title.data or "", department=form.department.data or "", about=form.about.data or "",
        starts_on=form.starts_on.data, due_on=form.due_on.data, estimate_minutes=form.minutes,
        client_accepts=form.client_accepts.data, is_public=form.is_public.data, rounds=form.rounds.data or 0,
        requirement_ids=[int(found) for found in form.requirement_ids.data or ()],
    )  # fmt: skip


def _both(form: TaskForm, task: Task) -> list[dict[str, str]]:
    """What was typed beside what is saved, where they differ."""
    pairs = [
        (form.title, form.title.data or "", task.title), (form.about, form.about.data or "", task.about),
        (form.due_on, _day(form.due_on.data), _day(task.due_on)),
        (form.starts_on, _day(form.starts_on.data), _day(task.starts_on)),
        (form.estimate, form.estimate.data or "", typed_minutes(task.estimate_minutes)),
    ]  # fmt: skip
    return [{"label": str(f.label.text), "mine": mine, "theirs": theirs} for f, mine, theirs in pairs if mine != theirs]


def _day(day: Any) -> str:
    return with_weekday(day) if day else ""

