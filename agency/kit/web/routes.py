"""Routes that say who may use them; one that says nothing is closed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, request, url_for

from agency.kit import policy

View = Callable[..., Any]


class Room(Blueprint):
    """A room's pages: the blueprint, first address segment and template folder share its name."""

    def __init__(self, name: str, import_name: str, at: str | None = None) -> None:
        super().__init__(name, import_name, url_prefix=f"/{name}" if at is None else at or None)


def needs(key: str, of: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Declare that a route needs the right `key`, on the record that `of(**url_args)` finds.

    The view gets the record in place of the arguments. A record that does not exist, or that the
    actor may not even see, is a 404; one that may be seen but not touched is a 403.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**url_args: Any) -> Any:
            if g.actor.kind == "nobody":
                return _ask_to_sign_in()
            if of is None:
                policy.demand(g.actor, key)
                return view(**url_args)
            record = of(**url_args)
            if record is None or not policy.sees(g.actor, record):
                abort(404)
            policy.demand(g.actor, key, record)
            return view(record)

        guarded.needs = key  # type: ignore[attr-defined]
        guarded.finds = of  # type: ignore[attr-defined]
        return guarded

    return declare


def public(why: str) -> Callable[[View], View]:
    """Declare that a route is open to everybody, and why."""

    def declare(view: View) -> View:
        view.public = why  # type: ignore[attr-defined]
        return view

    return declare


def own_unit(view: View) -> View:
    """Let a view open its units itself, because it must do something slow between them."""
    view.keeps_own_unit = True  # type: ignore[attr-defined]
    return view


def undeclared(app: Any) -> list[str]:
    """Endpoints that say neither whom they need nor why they are public."""
    return sorted(
        name for name, view in app.view_functions.items()
        if not (hasattr(view, "needs") or hasattr(view, "public")) and name != "static"
    )


def close_undeclared() -> None:
    """Refuse, at run time, a route that nobody ruled on."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and request.endpoint != "static" and not (hasattr(view, "needs") or hasattr(view, "public")):
        abort(403)


def _ask_to_sign_in() -> Any:
    if request.headers.get("HX-Request"):
        abort(401)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=back))
