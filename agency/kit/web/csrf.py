"""Forged requests are refused: a token tied to the visitor's cookie, and the origin checked."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from markupsafe import Markup

from agency.kit import ids
from agency.kit.web.edge import SAFE, itself


def token() -> str:
    """This visitor's token, for a form or a header."""
    kept = itself(g)
    if "csrf" not in kept:
        kept.csrf = ids.sign(current_app.config["SECRET_KEY"], "csrf", visitor())
    return str(kept.csrf)


def visitor() -> str:
    """The random name in this browser's visitor cookie; made when there is none yet."""
    if "visitor" not in g:
        g.visitor = request.cookies.get(cookie_name("visit")) or ids.token()
    return str(g.visitor)


def cookie_name(name: str) -> str:
    """The cookie's full name: bound to the host as soon as the site is served by https."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else f"agency_{name}"


def check() -> None:
    """Refuse an unsafe request without the token or from another origin."""
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    if origin and origin != "null" and _host_of(origin) != request.host:
        abort(403)
    sent = request.headers.get("X-CSRF-Token") or request.form.get("_csrf", "")
    if not ids.same(sent, token()):
        abort(403)


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def field() -> Markup:
    """The hidden input of every form."""
    return Markup(f'<input type="hidden" name="_csrf" value="{token()}">')  # noqa: S704 - hexadecimal


def keep(response: Response) -> Response:
    """Remember the visitor, so that the token stays good."""
    if "visitor" in g and not request.cookies.get(cookie_name("visit")):
        response.set_cookie(cookie_name("visit"), g.visitor, **cookie_flags())
    return response


def cookie_flags() -> dict[str, Any]:
    """The flags of every cookie of ours."""
    return {"httponly": True, "samesite": "Lax", "secure": current_app.config["SESSION_COOKIE_SECURE"], "path": "/"}


def setup(app: Flask) -> None:
    """Check every unsafe request and give templates `csrf()` and `csrf_token()`."""
    app.before_request(check)
    app.after_request(keep)
    app.jinja_env.globals.update(csrf=field, csrf_token=token)
