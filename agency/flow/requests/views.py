"""Pages of requests: the triage list, the quick capture, one request."""

from typing import Any

from flask import request

from agency.attached.files import operations as files
from agency.flow.requests import decisions, operations, pages, queries
from agency.flow.requests.forms import CaptureForm
from agency.flow.requests.models import STATE_NAMES, Request
from agency.kit.web import Room, actor, go, needs, page, refusals, uploads, whole
from agency.kit.web.turning import neighbours, turn
from agency.kit.words import Lazy, _, lazy_in
from agency.people.clients import queries as clients

room = Room("requests", __name__)
decisions.routes(room)
TYPED = operations.TYPED
CLOSED: dict[str, Lazy] = {
    "qualified": lazy_in("requests", "Became projects"), "declined": lazy_in("requests", "Declined"),
    "duplicate": lazy_in("requests", "Duplicates"), "spam": lazy_in("requests", "Spam"),
}


@room.get("/")
@needs("request.triage")
def index() -> Any:
    """What came in and waits, the latest reply first; closed ones by their state."""
    state = request.args.get("state", "")
    mine, text = request.args.get("mine") == "1", request.args.get("q", "")
    state = state if state in STATE_NAMES else ""
    leaf = queries.listed(actor(), state, mine, text, turn())
    groups = pages.grouped(leaf.rows) if not state else [(state, STATE_NAMES[state], pages.rows(leaf.rows))]
    kept = {"state": state or None, "mine": 1 if mine else None, "q": text or None}
    return page(
        "requests/index.html", groups=[group for group in groups if group[2]], counts=queries.counts(actor()),
        pages=neighbours(leaf, "requests.index", **kept), state=state, mine=mine, text=text, state_names=STATE_NAMES,
        closed=list(CLOSED), closed_names=CLOSED,
    )


@room.route("/new", methods=["GET", "POST"])
@needs("request.create")
def capture() -> Any:
    """Write a request down: one field is enough."""
    asked_for = {"client_id": request.args.get("client", 0, whole), "words": request.args.get("words", "")}
    form = CaptureForm(data={**asked_for, "take_it": True})
    form.client_id.offer(actor())
    if form.sent():
        with refusals(form) as outcome:
            asked = _capture(form)
        if outcome.ok:
            return go("requests.show", id=asked.id, said=_("Written down as %(number)s.", number=asked.number))
    tried = request.method == "POST"
    return page("requests/capture.html", 422 if tried else 200, form=form,
                chosen_again=[upload.name for upload in uploads("files")] if tried else [])


def _capture(form: CaptureForm) -> Request:
    client = clients.get(form.data["client_id"])
    typed = {name: form[name].data or "" for name in TYPED}
    asked = operations.capture(form.words.data or "", by=actor(), client=client, **typed)
    files.attach_all(uploads("files"), asked, actor(), audience="client")
    if form.take_it.data:
        operations.take(asked, by=actor())
    return asked


@room.get("/<int:id>")
@needs("request.view", of=queries.get)
def show(asked: Request) -> Any:
    """The client's words, what is known, what was said, and what can be done next."""
    return pages.show(asked)
