"""Errors as pages: what happened, what is safe, what to do; never a trace, always a number."""

import logging
from typing import Any

from flask import Flask, current_app, g, render_template, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from agency.kit import ids
from agency.kit.db import db
from agency.kit.policy import Forbidden
from agency.kit.states import Refused
from agency.kit.words import lazy

log = logging.getLogger("agency.web")
PAGES = frozenset({403, 404, 409, 413, 422, 429, 500, 503})
# What is never shown again: the token of the form, and passwords.
UNSPOKEN = frozenset({"_csrf", "password", "current"})
STALE = lazy("Somebody changed this while you were looking at it. Open it again: what you typed is below.")


def setup(app: Flask) -> None:
    """Number every request and answer every failure with a page of ours."""

    @app.before_request
    def _number() -> None:
        g.request_id = ids.short()

    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _unexpected)


def show(code: int, **context: Any) -> tuple[str, int]:
    """The page of one error, or its part for a request that swaps a part."""
    db.session.rollback()
    template = f"errors/{code if code in PAGES else 500 if code >= 500 else 404}.html"
    context |= {"error_id": g.get("request_id", ""), "typed": _typed()}
    if code == 503 or "actor" not in g:
        # The frame of a page asks the database, which may be what is broken.
        return current_app.jinja_env.get_template(template).render(context), code
    return render_template(template, **context), code


def _typed() -> list[tuple[str, str]]:
    try:
        sent = request.form
    except HTTPException:
        return []  # It was too much to be read at all.
    kept = [(name, value) for name, value in sent.items(multi=True) if value.strip()]
    return [(name, value) for name, value in kept if name.rpartition("-")[2] not in UNSPOKEN]


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400 or (error.response is not None):
        return error
    return show(code)


def _forbidden(error: Forbidden) -> Any:
    log.warning("refused %s to %s (%s)", error.key, getattr(g.get("actor"), "id", None), g.request_id)
    return show(403, key=error.key)


def _refused(error: Refused) -> Any:
    return show(409 if error.status == 409 else 422, sentence=error.sentence)


def _stale(error: StaleDataError) -> Any:
    return show(409, sentence=STALE)


def _database(error: OperationalError) -> Any:
    log.error("database trouble %s: %s", g.request_id, error.orig)
    page, code = show(503)
    return page, code, {"Retry-After": "5"}


def _unexpected(error: Exception) -> Any:
    if current_app.testing and not current_app.config.get("SHOWS_FAULTS"):
        raise error
    log.error("unexpected %s", g.get("request_id", ""), exc_info=error)
    return show(500)
