"""What a view answers with: a page, a part of one, or the way to another."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response


def page(template: str, status: int = 200, **context: Any) -> tuple[str, int]:
    """A whole page."""
    return render_template(template, **context), status


def fragment(template: str, status: int = 200, **context: Any) -> tuple[str, int]:
    """A part of a page, for a request that swaps it in place."""
    return render_template(template, **context), status


def said(sentence: Any) -> None:
    """Show one sentence on the next page."""
    flash(str(sentence))


def go(endpoint: str, said: Any = None, **url_args: Any) -> Response:
    """Go on to another page by 303, with one sentence said there."""
    if said is not None:
        flash(str(said))
    return redirect(url_for(endpoint, **url_args), code=303)


def inside(address: str | None, else_to: str) -> str:
    """An address to go back to when it leads to a page of ours, else another one.

    Browsers drop control characters and read a backslash as a slash, so neither may stand in it.
    """
    given = address or ""
    ours = given.startswith("/") and not given.startswith("//") and "\\" not in given and given.isprintable()
    return given if ours else else_to


def wants_part() -> bool:
    """Whether the browser asked for a part of a page (htmx or our own scripts)."""
    return bool(request.headers.get("HX-Request")) or request.headers.get("X-Part") == "1"


def error_id() -> str:
    """The number of this request, shown on an error page and written in the log."""
    return str(g.get("request_id", ""))


def site_url(path: str) -> str:
    """The full address of a path, as it stands in letters."""
    return str(current_app.config["SETTINGS"].url).rstrip("/") + path
