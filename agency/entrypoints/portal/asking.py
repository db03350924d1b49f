"""The public request page: five questions, no account; and the page where a question of ours is answered."""

from datetime import timedelta
from typing import Any

from flask import abort, current_app, request
from werkzeug.wrappers import Response

from agency.attached.files import operations as files
from agency.attached.files import queries as known_files
from agency.entrypoints.portal import promised_steps
from agency.entrypoints.portal.ways import Way
from agency.flow.requests import operations, queries
from agency.flow.requests.forms import AnswerForm, AskForm
from agency.flow.requests.models import Request
from agency.kit import clock, ids, limits, words
from agency.kit.web import Room, actor, go, needs, page, public, refusals, uploads
from agency.kit.words import _, lazy
from agency.people.clients import queries as clients

ASKED_MOST, SPAN = 20, timedelta(hours=1)
ALL_MOST = 300
SHORTEST = 3
TOO_OFTEN = lazy("Many requests came from your network this hour. Nothing is lost: wait a little and send it again.")
TOO_FAST = lazy("That was faster than a person types. Look it over and send it once more.")
NAMES = ("deadline_words", "budget_words", "contact_name", "company", "email", "phone")


def routes(room: Room) -> None:
    """Add the pages of asking and answering."""
    room.before_request(_slow_down)
    room.add_url_rule("/ask", "ask", ask, methods=["GET", "POST"])
    room.add_url_rule("/ask/<receipt>", "asked", asked)
    room.add_url_rule("/portal/requests/<int:id>", "request", answer, methods=["GET", "POST"])


def stamp() -> str:
    """When the form was handed out, signed, so that a machine that answers at once is noticed."""
    at = str(int(clock.now().timestamp()))
    return f"{at}.{ids.sign(current_app.config['SECRET_KEY'], 'ask', at)[:32]}"


def _is_hurried(started: str) -> bool:
    at, _dot, signature = started.partition(".")
    good = ids.same(signature, ids.sign(current_app.config["SECRET_KEY"], "ask", at)[:32])
    return not good or clock.now().timestamp() - int(at) < SHORTEST


def _slow_down() -> Any:
    """Count tries before the unit begins; too many see their words again, and when to send them."""
    if request.endpoint != "portal.ask" or request.method != "POST":
        return None
    if limits.allow(f"ask:{request.remote_addr}", ASKED_MOST, SPAN) and limits.allow("ask", ALL_MOST, SPAN):
        return None
    _choose_language()
    form = AskForm()
    form.form_errors.append(str(TOO_OFTEN))
    return _page(form, 429)


@public("whoever has work for us may say so without an account")
def ask() -> Any:
    """Ask for something: nothing typed is lost, a machine is not heard."""
    _choose_language()
    form = AskForm()
    if request.method == "GET":
        return _page(form)
    if form.website.data:
        return go("home.show")
    good = form.validate()
    if good and _is_hurried(form.started.data or ""):
        form.form_errors.append(str(TOO_FAST))
        good = False
    if good:
        with refusals(form) as outcome:
            found = _receive(form)
        if outcome.ok:
            return go("portal.asked", receipt=_receipt(found), language=request.args.get("language"))
    return _page(form, 422)


def _receive(form: AskForm) -> Request:
    who, text = actor(), (form.words.data or "").strip()
    typed = {name: form[name].data or "" for name in NAMES}
    again = queries.said_just_now(text, typed["email"], since=clock.now() - timedelta(minutes=10))
    if again is not None:
        return again
    client = clients.get(next(iter(who.client_ids))) if who.kind == "contact" and len(who.client_ids) == 1 else None
    found = operations.receive(
        text, by=who, language=words.locale(), goal=form.goal.data or "", client=client,
        source="portal" if who.kind == "contact" else "public", **typed,
    )
    files.attach_all(uploads("files"), found, who, audience="client")
    return found


def _receipt(found: Request) -> str:
    return f"{found.id}-{ids.sign(current_app.config['SECRET_KEY'], 'receipt', str(found.id))[:24]}"


@public("the receipt is signed; it shows the number and what happens then, nothing else")
def asked(receipt: str) -> Any:
    """It has come: the number, and what happens then."""
    _choose_language()
    id, _dash, _signature = receipt.partition("-")
    found = queries.get(int(id)) if id.isascii() and id.isdecimal() and len(id) < 10 else None
    if found is None or not ids.same(receipt, _receipt(found)):
        abort(404)
    manager = promised_steps.receiver()
    return page(
        "portal/asked.html", asked=found, first=promised_steps.answer_comes(manager, found.reply_due_at),
        steps=promised_steps.steps(manager, found.reply_due_at), manager=manager,
        back_here=request.path,
    )


def _page(form: AskForm, status: int = 200) -> tuple[str, int]:
    manager = promised_steps.receiver()
    chosen_again = [upload.name for upload in uploads("files")] if status != 200 else []
    form.started.data = form.started.data if status == 429 else stamp()
    return page(
        "portal/ask.html", status, form=form, steps=promised_steps.steps(manager), manager=manager,
        chosen_again=chosen_again, back_here=request.path, known=actor().kind == "contact",
    )


def _choose_language() -> None:
    asked_for = request.args.get("language", "")
    if asked_for in words.CLIENT:
        words.speak(asked_for)


@needs("request.answer", of=queries.get)
def answer(found: Request) -> Any:
    """The client answers our question."""
    form = AnswerForm()
    if form.sent():
        with refusals(form) as outcome:
            operations.answer(found, form.answer.data or "", by=actor())
            files.attach_all(uploads("files"), found, actor(), audience="client")
        if outcome.ok:
            return go("portal.request", id=found.id, said=_("Thank you, the answer has arrived."))
        return _answer_page(found, form, outcome.status)
    return _answer_page(found, form, 422 if request.method == "POST" else 200)


def _answer_page(found: Request, form: AnswerForm, status: int) -> tuple[str, int] | Response:
    return page_of(found, Way(), form, status)


def page_of(found: Request, way: Way, form: AnswerForm | None = None, status: int = 200) -> tuple[str, int]:
    """The page of a request as whoever asked sees it."""
    return page(
        "portal/request.html", status, form=form or AnswerForm(), face=queries.client_face(found), way=way,
        manager=found.taken_by, files=known_files.of(found, "client"),
    )
