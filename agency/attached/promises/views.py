"""Pages of promises: the ledger, and one promise kept with one press, moved with a warning, or not kept."""

from typing import Any

from flask import redirect, request, url_for

from agency.attached.promises import operations, queries
from agency.attached.promises.forms import GivenForm, MoveForm, OfferForm, ReasonForm
from agency.attached.promises.models import KINDS, Compensation, Promise
from agency.kit import clock
from agency.kit.db import KINDS as RECORDS
from agency.kit.db import db
from agency.kit.policy import may
from agency.kit.web import Room, actor, go, inside, needs, page, refusals, said, whole
from agency.kit.words import _
from agency.people.accounts import queries as persons

room = Room("promises", __name__)
PAGE = 50
STATES = ("open", "kept", "broken")


@room.get("/")
@needs("promise.view")
def index() -> Any:
    """The ledger: what we owe, what we kept, and how each of us keeps the word."""
    state, after = request.args.get("state", "open"), request.args.get("after", 0, whole)
    found = queries.listed(actor(), state if state in STATES else "", after, PAGE)
    kept = queries.kept_by_manager(actor())
    return page(
        "promises/index.html", promises=found[:PAGE], more=len(found) > PAGE, state=state, after=after,
        page_size=PAGE, kept=sorted(kept.items(), key=lambda row: (row[1].rate is None, row[1].rate or 0)),
        names=persons.names(kept), today=clock.today(),
    )


@room.get("/<int:id>")
@needs("promise.view", of=queries.get)
def show(promise: Promise) -> Any:
    """One promise with what can become of it."""
    return shown(promise)


def shown(promise: Promise, status: int = 200, **forms: Any) -> Any:
    """The page of a promise; a form that was refused comes back open."""
    return page(
        "promises/show.html", status, promise=promise, kinds=KINDS, currency=_currency(promise),
        move=forms.get("move") or MoveForm(prefix="m", heard=False),
        broken=forms.get("broken") or ReasonForm(prefix="b", heard=False),
        offer=forms.get("offer") or OfferForm(prefix="o", heard=False),
        given=GivenForm(heard=False), may_settle=may(actor(), "promise.settle", promise),
    )


def _currency(promise: Promise) -> str:
    # The project is a room above: known by its kind, never imported.
    project = db.session.get(RECORDS["project"], promise.project_id) if promise.project_id else None
    return project.currency if project is not None else "RUB"


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
    """Warn: another day, with its reason, and what is offered in return."""
    form = MoveForm(prefix="m")
    if form.sent():
        with refusals(form) as answer:
            offer = form.offer(_currency(promise))
            operations.move(promise, form.due_on.data, form.reason.data, by=actor(), offer=offer)
        if answer.ok:
            return go("promises.show", id=promise.id, said=_("Moved. The client sees the new day and the reason."))
    return shown(promise, 422, move=form)


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
    return shown(promise, 422, broken=form)


@room.post("/<int:id>/compensations")
@needs("promise.settle", of=queries.get)
def compensate(promise: Promise) -> Any:
    """Offer something in return."""
    form = OfferForm(prefix="o")
    if form.sent():
        with refusals(form) as answer:
            offer = form.offer(_currency(promise))
            operations.compensate(promise, offer or operations.Offer("", "", 0, ""), by=actor())
        if answer.ok:
            return go("promises.show", id=promise.id, said=_("Offered. The client reads it in the next report."))
    return shown(promise, 422, offer=form)


@room.post("/compensations/<int:compensation_id>/giving")
@needs("promise.settle", of=queries.compensation)
def give(row: Compensation) -> Any:
    """What was offered has been given."""
    operations.give(row, GivenForm().where.data or "", by=actor())
    return go("promises.show", id=row.promise_id, said=_("Given. The report says so once more and lets it rest."))
