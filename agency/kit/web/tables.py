"""Tables to be saved: each route of them is declared, is counted against its reader, and goes through one writer."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import wraps
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Flask, abort, make_response, request
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from agency.kit import limits, sheets
from agency.kit.web.downloads import SANDBOX, disposition
from agency.kit.web.edge import actor
from agency.kit.web.errors import show
from agency.kit.words import lazy

log = logging.getLogger("agency.web")

# Nobody reads more tables than this; whoever asks for more is carrying the agency away.
LIMIT, WITHIN = 10, timedelta(hours=1)
AT_ONCE = 4 << 20
TOO_MANY = lazy("Ten tables an hour are enough for one person. Wait a little and ask for this one again.")
View = Callable[..., Any]


def exports(view: Callable[..., sheets.Sheet]) -> View:
    """Declare that a view answers with a table, as XLSX or, with `?form=csv`, as CSV; stands right under `needs`."""

    @wraps(view)
    def saved(*args: Any, **url_args: Any) -> Any:
        form = request.args.get("form", "xlsx")
        if form not in sheets.FORMS:
            abort(404)
        sheet = view(*args, **url_args)
        if request.method == "HEAD":
            return Response(mimetype=sheets.FORMS[form].mime)
        if not limits.allow(f"export:{actor().id}", LIMIT, WITHIN):
            return make_response(show(429, sentence=TOO_MANY)[0], 429, {"Retry-After": "600"})
        log.info("person %s saves the table %s", actor().id, request.endpoint)
        return _answer(sheet, form)

    saved.exports = True  # type: ignore[attr-defined]
    return saved


def exported(app: Flask) -> list[str]:
    """The endpoints that answer with a table."""
    return sorted(name for name, view in app.view_functions.items() if getattr(view, "exports", False))


def _answer(sheet: sheets.Sheet, form: str) -> Response:
    """The table written whole before a byte of it is sent: a fault half way is a page of error, never half a table."""
    response = _body(sheet, sheets.FORMS[form])
    response.mimetype = sheets.FORMS[form].mime
    response.headers["Content-Disposition"] = disposition(f"{sheet.name}.{form}".replace("/", "-"))
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _body(sheet: sheets.Sheet, form: sheets.Form) -> Response:
    with ExitStack() as stack:
        file: Any = stack.enter_context(SpooledTemporaryFile(max_size=AT_ONCE))
        form.write(file, sheet)
        size = file.tell()
        file.seek(0)
        if size <= AT_ONCE:
            return Response(file.read())
        response = Response(wrap_file(request.environ, file), direct_passthrough=True)
        response.content_length = size
        response.call_on_close(stack.pop_all().close)
        return response
