"""A specialist's own list, the page of a task, and the time logged on it."""

from datetime import timedelta
from typing import Any

from flask import request

from agency.attached.hours import operations as time
from agency.attached.hours import queries as hours
from agency.attached.hours.models import TimeEntry
from agency.flow.tasks import own, plan_page, queries, settling, sheet, steps, tables
from agency.flow.tasks.days import due
from agency.flow.tasks.forms import TimeForm, typed_minutes
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.web import Room, actor, go, needs, page, refusals
from agency.kit.words import _

room = Room("tasks", __name__)
steps.routes(room)
settling.routes(room)
plan_page.routes(room)
tables.routes(room)


@room.get("")
@needs("home.view")
def mine() -> Any:
    """One list: what I have in hand, what burns first, and then what I may take."""
    me, today = actor(), clock.today()
    held, free, check = own.in_hand(me), own.free(me), own.to_check(me)
    return page(
        "tasks/mine.html", own=held, free=free, check=check, today=today,
        logged=hours.logged_on(Task.KIND, [task.id for task in held]),
        days={task.id: due(task, today) for task in (*held, *free, *check)},
        week=hours.of_person(me.id, today - timedelta(days=today.weekday()), today),
        late=sum(task.is_late(today) for task in held),
    )  # fmt: skip


@room.get("/<int:id>")
@needs("task.view", of=queries.whole)
def show(task: Task) -> Any:
    """Why before what, then the one next step."""
    return sheet.show(task.id, task=task, stepped=request.args.get("step", ""))


@room.post("/<int:id>/hours")
@needs("task.log", of=queries.get)
def log(task: Task) -> Any:
    """Write down time worked."""
    form = sheet.heard("time")
    if not form.validate():
        return sheet.show(task.id, 422, "time", form)
    with refusals(form) as answer:
        time.log(task, actor(), form.minutes.data or "", form.day.data, form.note.data or "")
    if not answer.ok:
        return sheet.show(task.id, answer.status, "time", form)
    if request.form.get("back") == "list":
        return go("tasks.mine", said=_("The time is written down."))
    return go("tasks.show", id=task.id, said=_("The time is written down."))


@room.route("/hours/<int:id>", methods=["GET", "POST"])
@needs("time_entry.edit", of=hours.get)
def correct(entry: TimeEntry) -> Any:
    """Correct one's own entry; when it was corrected elsewhere meanwhile, both are shown."""
    form = TimeForm(data={
        "version": entry.version, "minutes": typed_minutes(entry.minutes), "day": entry.day, "note": entry.note,
    })  # fmt: skip
    conflict, status = [], 200
    if form.sent() and form.version.data != str(entry.version):
        theirs = typed_minutes(entry.minutes)
        conflict, status = [{"label": str(form.minutes.label.text), "mine": form.minutes.data, "theirs": theirs}], 409
        form.version.data = str(entry.version)
    elif form.sent():
        with refusals(form) as answer:
            time.correct(entry, actor(), form.minutes.data or "", form.day.data or entry.day, form.note.data or "")
        if answer.ok:
            return go("tasks.show", id=entry.subject_id, said=_("Corrected."))
        status = answer.status
    elif form.errors:
        status = 422
    return page("hours/edit.html", status, form=form, entry=entry, conflict_parts=conflict)
