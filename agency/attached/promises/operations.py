"""Promises: made, kept, moved with a warning, or honestly marked as not kept."""

from datetime import date
from typing import Any

from agency.attached.promises.models import MOVES, Promise
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy


def make(about: Any, words: str, due_on: date, *, by: Any, to: Any = None) -> Promise:
    """Write a promise down on a project; raises Refused without words, or with a day gone by."""
    policy.demand(by, "promise.make", about)
    if not words.strip():
        raise Refused(lazy("Say what was promised."), "words")
    if due_on < clock.today():
        raise Refused(lazy("This day has passed. Choose today or a later one."), "due_on")
    promise = Promise(
        subject_kind=about.KIND, subject_id=about.id, client_id=about.client_id, project_id=about.project_id,
        words=words.strip(), due_on=due_on, made_by_id=by.id, made_to_id=to.id if to else None, state="open",
    )
    db.session.add(promise)
    db.session.flush()
    journal.fact("promise.made", about=promise, by=by, audience="client", words=promise.words)
    return promise


def keep(promise: Promise, *, by: Any) -> Promise:
    """The promise was kept."""
    MOVES.take(promise, "keep", by, words=promise.words)
    promise.settled_at = clock.now()
    return promise


def break_(promise: Promise, reason: str, *, by: Any) -> Promise:
    """The promise was not kept, and why."""
    MOVES.take(promise, "break", by, words=promise.words, reason=reason.strip())
    promise.settled_at = clock.now()
    promise.reason = reason.strip()
    return promise


def move(promise: Promise, due_on: date, reason: str, *, by: Any) -> Promise:
    """Move an open promise to another day, keeping the first one; raises Refused without a reason."""
    policy.demand(by, "promise.settle", promise)
    if promise.state != "open":
        raise WrongState(lazy("This promise is settled already."))
    if not reason.strip():
        raise Refused(lazy("Say why it moves: the client reads this."), "reason")
    if due_on <= promise.due_on:
        raise Refused(lazy("Choose a day after the promised one."), "due_on")
    promise.moved_from = promise.moved_from or promise.due_on
    promise.due_on = due_on
    promise.reason = reason.strip()
    db.session.flush()
    journal.fact(
        "promise.moved", about=promise, by=by, audience="client", words=promise.words, reason=promise.reason,
        was=str(promise.moved_from), becomes=str(due_on),
    )
    return promise
