"""From the cookie to the actor, at the start of each request; and the cookie itself."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, g, request
from flask_login import LoginManager
from sqlalchemy import update

from agency.kit import clock, words
from agency.kit.db import aside
from agency.kit.web.csrf import cookie_flags, cookie_name
from agency.people.accounts import arrivals, queries
from agency.people.accounts.identity import NOBODY, Actor, LinkScope, as_arrived
from agency.people.accounts.models import SignIn
from agency.people.accounts.operations import IDLE
from agency.people.agency import queries as agencies

TOUCH = timedelta(minutes=1)
COOKIE = "session"
# A client's link has a cookie of its own: a manager who looks through one stays signed in.
PORTAL_COOKIE = "portal"


def setup(app: Flask) -> None:
    """Load the actor before every request, through Flask-Login's request loader."""
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None
    # The actor was read when the request arrived; Flask-Login is shown the same one.
    manager.request_loader(lambda _request: g.actor if g.actor.is_authenticated else None)
    manager.anonymous_user = lambda: NOBODY
    app.before_request(_arrive)


def _arrive() -> None:
    # A picture or a style is the same for everybody: nobody is asked for.
    g.actor = NOBODY if request.endpoint == "static" else load(request) or NOBODY
    g.new_cookie = None
    words.speak(_language(), g.actor.timezone or None)


def _language() -> str:
    if g.actor.kind != "nobody":
        return str(g.actor.language)
    asked = request.cookies.get("agency_language", "")
    return asked if asked in words.CLIENT else request.accept_languages.best_match(words.OFFERED, "ru")


def load(current: Request) -> Actor | None:
    """Whoever the session cookie belongs to, if it is alive and the person still active."""
    order = (PORTAL_COOKIE, COOKIE) if current.path.startswith("/portal") else (COOKIE, PORTAL_COOKIE)
    return next(filter(None, (_of(current, current.cookies.get(cookie_name(name))) for name in order)), None)


def _of(current: Request, secret: str | None) -> Actor | None:
    row = queries.session_of(secret) if secret else None
    if row is None or clock.now() - row.seen_at > IDLE or not row.is_active:
        return None
    link = _link_of(row)
    if row.link_id and link is None:
        return None
    g.front = agencies.front_of(row.agency_name, row.agency_languages)
    _touch(row.session_id, row.seen_at)
    return as_arrived(row, browser=current.headers.get("User-Agent", ""), link=link)


def _link_of(row: Any) -> LinkScope | None:
    """What the link of a session still reaches; mailed to another address or for a client left behind, nothing."""
    if row.link_id is None or row.link_revoked_at is not None or row.link_until <= clock.now():
        return None
    if row.link_address != (row.email or ""):
        return None
    speaks = {int(client) for client, _says in arrivals.pairs(row.speaks_for)}
    if row.link_client_id is not None and row.link_client_id not in speaks:
        return None
    return LinkScope(row.link_id, row.link_project_id, row.link_request_id, frozenset(row.link_actions))


def _touch(session_id: str, seen_at: datetime) -> None:
    if clock.now() - seen_at < TOUCH:
        return
    with aside() as session:
        session.execute(update(SignIn).where(SignIn.id == session_id).values(seen_at=clock.now()))


def set_cookie(response: Response, secret: str, name: str = COOKIE) -> Response:
    """Give the browser its session; it forgets it when it is closed."""
    response.set_cookie(cookie_name(name), secret, **cookie_flags())
    return response


def drop_cookie(response: Response) -> Response:
    """Take the session cookie back and clear what the browser kept of us."""
    for name in (COOKIE, PORTAL_COOKIE):
        response.delete_cookie(cookie_name(name), **cookie_flags())
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
