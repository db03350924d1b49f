"""What is decided about a request on its page: each verb is a thing that is posted."""

from typing import Any

from agency.flow.requests import operations, pages, queries
from agency.flow.requests.forms import CorrectForm, DeclineForm, DuplicateForm, HeardForm, HoldForm, QuestionForm
from agency.flow.requests.models import Request
from agency.kit.web import OK, Form, Room, actor, attempt, changed_meanwhile, go, needs
from agency.kit.words import _
from agency.people.clients import queries as clients

TRIAGE = "request.triage"


def routes(room: Room) -> None:
    """Add one address for each verb."""
    for thing, view in (
        ("review", take), ("questions", ask), ("answers", answer), ("refusal", decline), ("reopening", reopen),
        ("pause", hold), ("resumption", resume), ("duplicate", duplicate), ("spam", spam), ("card", correct),
        ("sender", confirm),
    ):
        room.add_url_rule(f"/<int:id>/{thing}", view.__name__, view, methods=["POST"])


def _done(asked: Request, said: str) -> Any:
    return go("requests.show", id=asked.id, said=said)


@needs(TRIAGE, of=queries.get)
def take(asked: Request) -> Any:
    """Take it into review."""
    operations.take(asked, by=actor())
    return _done(asked, _("The request is yours."))


@needs(TRIAGE, of=queries.get)
def ask(asked: Request) -> Any:
    """Mail a question."""
    form = QuestionForm(prefix="ask-")
    if (status := attempt(form, lambda: operations.ask(asked, form.question.data or "", by=actor()))) != OK:
        return pages.show(asked, status, ask=form)
    return _done(asked, _("The question is on its way to the client."))


@needs("request.answer", of=queries.get)
def answer(asked: Request) -> Any:
    """Write down what the client answered by voice."""
    form = HeardForm(prefix="answer-")
    if (status := attempt(form, lambda: operations.answer(asked, form.answer.data or "", by=actor()))) != OK:
        return pages.show(asked, status, answer=form)
    return _done(asked, _("The answer is written down."))


@needs(TRIAGE, of=queries.get)
def decline(asked: Request) -> Any:
    """Say no, kindly."""
    form = DeclineForm(prefix="decline-")
    reason, letter = form.reason.data or "", form.letter.data or ""
    if (status := attempt(form, lambda: operations.decline(asked, reason, letter=letter, by=actor()))) != OK:
        return pages.show(asked, status, decline=form)
    if letter.strip() and (asked.email or asked.contact):
        return _done(asked, _("Declined, the letter is on its way."))
    return _done(asked, _("Declined, without a letter."))


@needs(TRIAGE, of=queries.get)
def reopen(asked: Request) -> Any:
    """Take it up again."""
    operations.reopen(asked, by=actor())
    return _done(asked, _("The request is in review again."))


@needs(TRIAGE, of=queries.get)
def hold(asked: Request) -> Any:
    """Put it aside until a day."""
    form = HoldForm(prefix="hold-")
    reason, until = form.reason.data or "", form.until.data
    if (status := attempt(form, lambda: operations.hold(asked, reason, until, by=actor()))) != OK:
        return pages.show(asked, status, hold=form)
    return _done(asked, _("The request is on hold."))


@needs(TRIAGE, of=queries.get)
def resume(asked: Request) -> Any:
    """Go on with it."""
    operations.resume(asked, by=actor())
    return _done(asked, _("The request is in review again."))


@needs(TRIAGE, of=queries.get)
def duplicate(asked: Request) -> Any:
    """It repeats another one that this person may see."""
    form = DuplicateForm(prefix="duplicate-")
    chosen = form.of.data if form.of.data in dict(queries.like(asked, actor())) else 0
    other = queries.get(chosen or 0)
    if (status := attempt(form, lambda: operations.mark_duplicate(asked, other, by=actor()))) != OK:
        return pages.show(asked, status, duplicate=form)
    return _done(asked, _("Marked as a duplicate."))


@needs(TRIAGE, of=queries.get)
def spam(asked: Request) -> Any:
    """Nobody asks for anything here."""
    operations.mark_spam(asked, by=actor())
    return go("requests.index", said=_("Marked as spam."))


@needs(TRIAGE, of=queries.get)
def correct(asked: Request) -> Any:
    """Write in client, contact and what else was missing."""
    form = CorrectForm(prefix="correct-")
    form.client_id.offer(actor(), asked.client)
    if stale := changed_meanwhile(form, asked, _saved(asked, form)):
        return stale
    if (status := attempt(form, lambda: _write(asked, form))) != OK:
        return pages.show(asked, status, correct=form)
    return _done(asked, _("Saved."))


@needs(TRIAGE, of=queries.get)
def confirm(asked: Request) -> Any:
    """It is really from the person whose address was typed."""
    operations.confirm_sender(asked, by=actor())
    return _done(asked, _("The request is of %(client)s now.", client=asked.from_whom))


def _saved(asked: Request, form: CorrectForm) -> dict[str, Any]:
    client = form.client_id.name_of(asked.client_id)
    return {"client_id": client, **{name: getattr(asked, name) for name in operations.TYPED}}


def _write(asked: Request, form: Form) -> None:
    operations.correct(asked, by=actor(), **{name: form[name].data or "" for name in operations.TYPED})
    chosen = clients.get(form["client_id"].data) if form["client_id"].data else None
    if chosen is not None:
        operations.name_client(asked, chosen, by=actor())
