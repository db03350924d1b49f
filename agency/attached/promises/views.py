"""Pages of one promise: kept with one press, moved with a warning, or not kept."""

from typing import Any

from flask import redirect, request, url_for

from agency.attached.promises import operations, queries
from agency.attached.promises.forms import MoveForm, ReasonForm
from agency.attached.promises.models import Promise
from agency.kit.web import Room, actor, go, inside, needs, page, refusals, said
from agency.kit.words import _

room = Room("promises", __name__)


@room.get("/<int:id>")
@needs("promise.view", of=queries.get)
def show(promise: Promise) -> Any:
    """One promise with what can become of it."""
    return page("promises/show.html", promise=promise, move=MoveForm(prefix="m"), broken=ReasonForm(prefix="b"))


@room.post("/<int:id>/keeping")
@needs("promise.settle", of=queries.get)
def keep(promise: Promise) -> Any:
    """It was kept."""
    operations.keep(promise, by=actor())
    here = url_for("promises.show", id=promise.id)
    if (back := inside(request.form.get("back"), here)) == here:
        said(_("The promise is kept."))
    return redirect(back, 303)


@room.post("/<int:id>/move")
@needs("promise.settle", of=queries.get)
def move(promise: Promise) -> Any:
    """Warn: another day, with its reason."""
    form = MoveForm(prefix="m")
    if form.sent():
        with refusals(form) as answer:
            operations.move(promise, form.due_on.data, form.reason.data, by=actor())
        if answer.ok:
            return go("promises.show", id=promise.id, said=_("Moved. The client sees the new day and the reason."))
    return page("promises/show.html", 422, promise=promise, move=form, broken=ReasonForm(prefix="b"))


@room.post("/<int:id>/breaking")
@needs("promise.settle", of=queries.get)
def break_(promise: Promise) -> Any:
    """It was not kept."""
    form = ReasonForm(prefix="b")
    if form.sent():
        with refusals(form) as answer:
            operations.break_(promise, form.reason.data, by=actor())
        if answer.ok:
            return go("promises.show", id=promise.id, said=_("Marked as not kept."))
    return page("promises/show.html", 422, promise=promise, move=MoveForm(prefix="m"), broken=form)
