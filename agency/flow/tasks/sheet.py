"""The page of one task: why it is there, what to do, what was handed in, and the one next step."""

from collections.abc import Mapping
from typing import Any

from flask import abort
from wtforms import Form

from agency.attached.comments import queries as talks
from agency.attached.hours import queries as hours
from agency.flow.tasks import operations, queries, speech, why
from agency.flow.tasks.days import due
from agency.flow.tasks.forms import AssignForm, DeliveryForm, DueForm, ReasonForm, RemarksForm, StopForm, TimeForm
from agency.flow.tasks.models import Task
from agency.flow.tasks.moves import MOVES
from agency.kit import clock, policy
from agency.kit.db import db
from agency.kit.web import actor, choices, page
from agency.people.accounts import queries as persons

FORMS: Mapping[str, type[Form]] = {
    "assign": AssignForm, "stop": StopForm, "back": ReasonForm, "cancel": ReasonForm, "reopen": ReasonForm,
    "due": DueForm, "delivery": DeliveryForm, "return": RemarksForm, "time": TimeForm,
}  # fmt: skip


class Forms(dict[str, Any]):
    """The forms of the page, each made where it is first asked for: no page shows all of them."""

    def __missing__(self, name: str) -> Any:
        self[name] = heard(name)
        return self[name]


def heard(name: str) -> Any:
    """One of the page's forms, as it was posted."""
    return FORMS[name](prefix=name)


def show(
    task_id: int, status: int = 200, opened: str = "", form: Any = None, conflict: Any = None, task: Task | None = None,
    stepped: str = "",
) -> Any:
    """The page; after a refusal with the form that was posted, opened, and its errors. A task read whole is given.

    `stepped` is the step somebody came for: its form stands open and has the focus.
    """
    if status >= 400:
        # What a refused step had begun must not be shown as if it stood.
        db.session.rollback()
    task = task or queries.whole(task_id) or abort(404)
    forms = Forms({opened: form} if form is not None else {})
    opened = opened or (stepped if stepped in FORMS else "")
    context = _of(task) | {"forms": forms, "opened": opened, "stepped": stepped, "conflict_of": conflict}
    if "assign" in context["moves"]:
        colleagues = persons.in_department(task.department)
        forms["assign"]["assignee_id"].choices = choices((who.id, who.name) for who in colleagues)
    return page("tasks/show.html", status, **context)


def _of(task: Task) -> dict[str, Any]:
    me = actor()
    entries = hours.of(task) if sees_hours(task) else []
    delivery, beside = task.last_delivery, queries.beside(task)
    return {
        "task": task, "due": due(task), "today": clock.today(),
        "moves": {move.verb for move in MOVES.open_to(task, me)},
        "why": why.of(task), "files": queries.files_of(task.deliveries), "talk": talks.of(task),
        "entries": entries, "logged": sum(entry.minutes for entry in entries), "sees_hours": sees_hours(task),
        "may_log": policy.may(me, "task.log", task) and task.is_active, "may_edit": policy.may(me, "task.edit", task),
        "may_plan": policy.may(me, "task.plan", task.project), "delivery": delivery,
        "asked": operations.asked_for(task), "checks": speech.CHECKS[task.department],
        "names": beside.names, "checker": beside.head, "speech": speech,
        "sees_project": policy.may(me, "project.view", task.project),
    }  # fmt: skip


def sees_hours(task: Task) -> bool:
    """Whether the actor may see what was logged here: those who lead, and whoever does it."""
    me = actor()
    return me.is_staff and (me.has("owner", "admin", "account_manager", "head", "finance") or task.assignee_id == me.id)
