"""Routes that say who may use them; one that says nothing is closed."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Blueprint, abort, current_app, g, redirect, request, url_for

from agency.kit import policy

View = Callable[..., Any]
SIGN_IN = "accounts.sign_in"


class Room(Blueprint):
    """A room's pages: the blueprint, first address segment and template folder share its name.

    A client's contact reaches only rooms that are `for_clients`; any other does not exist for them,
    whatever they may know of its records.
    """

    def __init__(
        self, name: str, import_name: str, at: str | None = None, entrances: Mapping[str, str] | None = None,
        *, for_clients: bool = False,
    ) -> None:
        super().__init__(name, import_name, url_prefix=f"/{name}" if at is None else at or None)
        self.for_clients = for_clients
        # Beginning of an address -> the page for whoever has to come in first; sign-in for all else.
        self.entrances = entrances or {}

    def entrance(self, path: str) -> str:
        """The endpoint where somebody unknown is sent from this address."""
        found = (endpoint for start, endpoint in self.entrances.items() if path.startswith(start))
        return next(found, SIGN_IN)


def is_shut_to(who: Any, blueprint: Blueprint | None) -> bool:
    """Whether a room's pages do not exist for somebody: the staff's pages for a client's contact."""
    return who.kind == "contact" and not getattr(blueprint, "for_clients", False)


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
            if is_shut_to(g.actor, current_app.blueprints.get(request.blueprint or "")):
                abort(404)
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
    room = current_app.blueprints.get(request.blueprint or "")
    return redirect(url_for(room.entrance(request.path) if isinstance(room, Room) else SIGN_IN, next=back))
