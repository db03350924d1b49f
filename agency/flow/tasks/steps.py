"""The steps of a task as pages: each button posts one verb and comes back with one sentence."""

from collections.abc import Callable
from typing import Any

from flask import request

from agency.flow.tasks import operations, plans, queries, sheet
from agency.flow.tasks.days import due
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.states import Refused, WrongState
from agency.kit.web import Room, actor, fragment, go, needs, refusals, uploads
from agency.kit.words import _
from agency.people.accounts import queries as persons


def routes(room: Room) -> None:
    """Add every step to the room's addresses."""
    for address, key, view in STEPS:
        room.post(f"/<int:id>/{address}")(needs(key, of=queries.get)(view))


def take(task: Task) -> Any:
    """Take a free task; the board gets the card again, with whoever was faster on it."""
    if not request.headers.get("HX-Request"):
        operations.take(task, by=actor())
        return go("tasks.show", id=task.id, said=_("The task is yours."))
    try:
        operations.take(task, by=actor())
        status, sentence = 200, _("The task is yours.")
    except WrongState as late:
        status, sentence = late.status, str(late)
    return fragment("tasks/_card.html", status, task=task, due=due(task), today=clock.today(), said_here=sentence)


def release(task: Task) -> Any:
    """Open a planned task."""
    return _do(task, "due", lambda _form: operations.release(task, by=actor()), _("The department sees the task now."))


def assign(task: Task) -> Any:
    """Give a free task to a colleague."""

    def step(form: Any) -> None:
        who = persons.get(form.assignee_id.data or 0)
        if who is None:
            raise Refused(_("Choose a colleague."), "assignee_id")
        operations.assign(task, who, by=actor())

    to = "board.show" if request.form.get("back") == "board" else "tasks.show"
    return _do(task, "assign", step, _("Given."), to, validates=False)


def start(task: Task) -> Any:
    """Begin the work."""
    operations.start(task, by=actor())
    return go("tasks.show", id=task.id, said=_("In work."))


def give_back(task: Task) -> Any:
    """Give the task back to the department."""
    return _do(task, "back", lambda form: operations.give_back(task, actor(), form.reason.data or ""),
               _("Given back. The department sees it again."), to="tasks.mine")


def hand_in(task: Task) -> Any:
    """Hand in a version."""

    def step(form: Any) -> None:
        operations.hand_in(
            task, actor(), note=form.note.data or "", uploads=uploads("delivery-files"),
            kept=form.kept.data or (), fixed=form.fixed.data or (),
        )  # fmt: skip

    return _do(task, "delivery", step, _("Handed in. The head of the department checks it."))


def send_back(task: Task) -> Any:
    """Return the version to its maker with a list."""
    return _do(
        task, "return",
        lambda form: operations.send_back(task, actor(), [form.remarks.data or ""], form.checks.data or ()),
        _("Returned with your list."),
    )  # fmt: skip


def pass_(task: Task) -> Any:
    """Pass the check."""
    said = _("Passed. The client looks at it now.") if task.client_accepts else _("Passed. The task is done.")
    return _do(task, "return", lambda form: operations.pass_(task, actor(), form.checks.data or ()), said)


def stop(task: Task) -> Any:
    """Stop because something is missing."""
    return _do(task, "stop", lambda form: operations.block(task, actor(), form.reason.data or "", form.side.data or ""),
               _("Stopped. Whoever leads the project sees why."))


def go_on(task: Task) -> Any:
    """Go on where the task was stopped."""
    operations.unblock(task, by=actor())
    return go("tasks.show", id=task.id, said=_("It goes on."))


def cancel(task: Task) -> Any:
    """Cancel for good."""
    return _do(task, "cancel", lambda form: operations.cancel(task, actor(), form.reason.data or ""), _("Cancelled."))


def reopen(task: Task) -> Any:
    """Take up a finished task again."""
    return _do(task, "reopen", lambda form: operations.reopen(task, actor(), form.reason.data or ""), _("Reopened."))


def move_due(task: Task) -> Any:
    """Move the day it is due; when somebody else moved it meanwhile, both days are shown."""
    form = sheet.heard("due")
    if form.version.data and form.version.data != str(task.version):
        return sheet.show(task.id, 409, "due", form, conflict="due")
    return _do(task, "due", lambda form: plans.move_due(task, form.due_on.data, actor(), form.reason.data or ""),
               _("Moved. The old day and the reason are kept."))


def _do(
    task: Task, name: str, step: Callable[[Any], Any], said: str, to: str = "tasks.show", validates: bool = True,
) -> Any:
    """Hear the form, take the step, go on; or show the page again with what was refused beside its field."""
    form = sheet.heard(name)
    if validates and name != "due" and not form.validate():
        return sheet.show(task.id, 422, name, form)
    with refusals(form) as answer:
        step(form)
    if not answer.ok:
        return sheet.show(task.id, answer.status, name, form)
    return go(to, said=said, **({"id": task.id} if to == "tasks.show" else {}))


STEPS: tuple[tuple[str, str, Callable[[Task], Any]], ...] = (
    ("release", "task.release", release), ("taking", "task.take", take), ("assignment", "task.assign", assign),
    ("start", "task.work", start), ("giving-back", "task.give_back", give_back),
    ("deliveries", "task.work", hand_in), ("returns", "task.check", send_back), ("passing", "task.check", pass_),
    ("stop", "task.block", stop), ("going-on", "task.block", go_on), ("cancellation", "task.cancel", cancel),
    ("reopening", "task.reopen", reopen), ("due", "task.edit", move_due),
)  # fmt: skip
