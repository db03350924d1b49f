"""A request's life: read everything first, then one unit of work, committed at the edge."""

from typing import Any

from flask import Flask, Request, Response, abort, g, has_request_context, request
from flask.globals import request_ctx
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from agency.kit import storage
from agency.kit.db import db, unit
from agency.kit.web import assets
from agency.kit.web.kept import Kept
from agency.kit.web.numbers import ShortNumber
from agency.kit.web.templates import Press
from agency.kit.web.ways import Way, way

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOAD_LIMIT = 50 * 1024 * 1024
# PostgreSQL may refuse a unit because of another one; the same request then runs again.
TRIES = 3
RETRYABLE = frozenset({"40001", "40P01"})

def itself(stand_in: Any) -> Any:
    """What one of Flask's stand-ins (`current_app`, `request`) stands for, where it would be asked again and again."""
    return stand_in._get_current_object()


def _at_the_top() -> bool:
    """Whether a request is being answered that came to us without a prefix."""
    adapter = itself(request_ctx).url_adapter if has_request_context() else None
    return adapter is not None and adapter.script_name == "/"


def actor() -> Any:
    """Whoever makes this request."""
    return g.actor


class Upload:
    """A file that was sent: staged on disk before the unit began."""

    def __init__(self, name: str, staged: Any) -> None:
        self.name = name
        self.staged = staged


def uploads(field: str) -> list[Upload]:
    """The files sent in one form field, already on disk under temporary names."""
    found: list[Upload] = g.get("uploads", {}).get(field, [])
    return found


class Plain(ImmutableMultiDict[str, Any]):
    """What was sent, without NUL: no text has a use for it, and PostgreSQL keeps none."""

    def __init__(self, sent: Any = None) -> None:
        pairs = MultiDict(sent or ()).items(multi=True)
        super().__init__([(name, said.replace("\0", "") if isinstance(said, str) else said) for name, said in pairs])


class Heard(Request):
    """A request whose words can be kept."""

    parameter_storage_class = Plain


class Application(Flask):
    """Flask with the house's unit of work around every unsafe request."""

    request_class = Heard
    jinja_environment = Press
    session_interface = Kept()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.url_map.converters["int"] = ShortNumber
        self.ways: dict[str, Way] = {}
        self.add_url_rule(assets.ADDRESS, endpoint="static")

    def send_static_file(self, filename: str, version: str = "") -> Response:
        """A file of the house as it is now, whichever version of it the address names."""
        return super().send_static_file(filename)

    def ensure_sync(self, func: Any) -> Any:
        """Nothing of ours is asynchronous, so no function is looked at for it, a dozen times a request."""
        return func

    def url_for(
        self, /, endpoint: str, *, _anchor: str | None = None, _method: str | None = None, _scheme: str | None = None,
        _external: bool | None = None, **values: Any,
    ) -> str:
        """Flask's address of a page; one on this site by the short way."""
        if _anchor is _method is _scheme is _external is None and _at_the_top():
            address = self._way(endpoint).to(values)
            if address is not None:
                return address
        return super().url_for(
            endpoint, _anchor=_anchor, _method=_method, _scheme=_scheme, _external=_external, **values
        )

    def path(self, endpoint: str, **values: Any) -> str:
        """The path of a page, whether a request is being answered or not; raises BuildError where there is none."""
        return self._way(endpoint).to(values) or self.url_map.bind("").build(endpoint, values)

    def _way(self, endpoint: str) -> Way:
        known = self.ways.get(endpoint)
        if known is None:
            known = self.ways[endpoint] = way(self.url_map, endpoint)
        return known

    def dispatch_request(self) -> Any:
        """GET and HEAD read only; anything else runs in one unit, rolled back when it is refused."""
        if "\0" in request.path:
            abort(404)
        if request.method in SAFE or self._keeps_own_unit():
            return super().dispatch_request()
        self._read_body()
        for tries_left in reversed(range(TRIES)):
            try:
                return self._in_unit()
            except OperationalError as error:
                if not tries_left or getattr(error.orig, "sqlstate", None) not in RETRYABLE:
                    raise
        raise AssertionError("unreachable")

    def _in_unit(self) -> Response:
        with unit() as open_unit:
            response = self.make_response(super().dispatch_request())
            if response.status_code >= 400:
                open_unit.abandon()
            return response

    def _keeps_own_unit(self) -> bool:
        view = self.view_functions.get(request.endpoint or "")
        return getattr(view, "keeps_own_unit", False)

    def _read_body(self) -> None:
        db.session.rollback()
        _ = request.form
        staged: dict[str, list[Upload]] = {}
        for field, sent in request.files.items(multi=True):
            if sent.filename:
                staged.setdefault(field, []).append(Upload(sent.filename, storage.stage(sent.stream, UPLOAD_LIMIT)))
        g.uploads = staged
