"""What the pages of decisions share: who may decide, and the answer to a form."""

from collections.abc import Callable
from typing import Any

import wtforms
from flask import redirect
from werkzeug.wrappers import Response

from agency.kit.db import db
from agency.kit.policy import may
from agency.kit.web import actor, refusals, said
from agency.kit.words import Lazy, _, lazy, listed
from agency.people.clients import queries as clients

READING = lazy("This link is for reading. Ask your manager for a link by which you can decide.")

Act = Callable[[], Any]


def who_decides(record: Any, key: str) -> str:
    """Nothing when the reader may decide; else who may, or why not here."""
    who = actor()
    if who.kind != "contact" or may(who, key, record):
        return ""
    if record.client_id in who.approves_for:
        return str(READING)
    names = listed(contact.person.name for contact in clients.approvers(record.client_id))
    return _("The decision is with: %(names)s.", names=names) if names else str(READING)


def decider(record: Any) -> Any:
    """Whoever decides here: a deputy decides on another's behalf, and what is kept says so."""
    return actor().deciding_for(record.client_id)


def hear(form: wtforms.Form, act: Act, back: str, thanks: Lazy, again: Callable[[wtforms.Form, int], Any]) -> Any:
    """Do what a form asks; when that is refused, show the newest page again with what was typed.

    A document that moved on meanwhile answers 409, anything else 422; nothing of it is kept.
    """
    good = form.validate()
    with refusals(form) as answer:
        if good:
            act()
    if good and answer.ok:
        return _on(back, thanks)
    db.session.rollback()
    db.session.expire_all()
    return again(form, answer.status if good else 422)


def _on(back: str, thanks: Lazy) -> Response:
    said(thanks)
    return redirect(back, 303)
