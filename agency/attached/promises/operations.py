"""Promises: made, kept, moved with a warning, or honestly marked as not kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from agency.attached.promises.models import KINDS, MOVES, Compensation, Promise
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy


@dataclass(frozen=True)
class Offer:
    """What is offered in return: its kind, in the client's words, and its worth in minor units."""

    kind: str
    words: str
    amount: int
    currency: str


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
        in_time=True,
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


def move(promise: Promise, due_on: date, reason: str, *, by: Any, offer: Offer | None = None) -> Promise:
    """Warn the client that an open promise moves; the first day is kept, something may be offered in return.

    Raises Refused without a reason: nothing that was promised moves in silence.
    """
    policy.demand(by, "promise.settle", promise)
    if promise.state != "open":
        raise WrongState(lazy("This promise is settled already."))
    if not reason.strip():
        raise Refused(lazy("Say why it moves: the client reads this."), "reason")
    if due_on <= promise.due_on:
        raise Refused(lazy("Choose a day after the promised one."), "due_on")
    was, today = promise.due_on, clock.today()
    promise.moved_from = promise.moved_from or was
    promise.warned_on, promise.in_time = today, promise.in_time and today < was
    promise.due_on, promise.reason = due_on, reason.strip()
    db.session.flush()
    journal.fact(
        "promise.moved", about=promise, by=by, audience="client", words=promise.words, reason=promise.reason,
        was=str(was), becomes=str(due_on), in_time=today < was, of=[promise.subject_kind, promise.subject_id],
    )
    if offer is not None:
        compensate(promise, offer, by=by)
    return promise


def compensate(promise: Promise, offer: Offer, *, by: Any) -> Compensation:
    """Offer something for a promise that moved or was not kept; the row is carried until it is given."""
    policy.demand(by, "promise.settle", promise)
    if promise.state != "broken" and promise.moved_from is None:
        raise WrongState(lazy("Something in return is offered for what moved or was not kept."))
    if offer.kind not in KINDS or not offer.words.strip():
        raise Refused(lazy("Say what is offered."), "offer_words")
    if offer.amount <= 0:
        raise Refused(lazy("Say what it is worth."), "offer_amount")
    row = Compensation(
        promise=promise, client_id=promise.client_id, project_id=promise.project_id, kind=offer.kind,
        words=offer.words.strip(), amount=offer.amount, currency=offer.currency, offered_on=clock.today(), by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    journal.fact(
        "promise.compensated", about=promise, by=by, audience="client", words=row.words, kind=row.kind,
        amount=row.amount, currency=row.currency,
    )
    return row


def give(row: Compensation, where: str = "", *, by: Any) -> None:
    """What was offered has been given; say in which estimate, or how else."""
    policy.demand(by, "promise.settle", row.promise)
    if row.given_on is not None:
        raise WrongState(lazy("This has been given already."))
    row.given_on, row.given_in = clock.today(), where.strip()[:100]
    db.session.flush()
    journal.fact("promise.compensation_given", about=row.promise, by=by, audience="client", words=row.words,
                 where=row.given_in)


def ask_ahead(promise: Promise, *, by: Any) -> None:
    """Ask, once for each promised day, to keep a promise or to warn before its day comes."""
    asked = {fact.details.get("due") for fact in journal.about(promise) if fact.verb == "promise.due_soon"}
    if promise.state == "open" and promise.due_on.isoformat() not in asked:
        journal.fact("promise.due_soon", about=promise, by=by, words=promise.words, due=promise.due_on.isoformat())
