"""Stored bytes sent to a browser: a safe name, no sniffing, nothing damaged, nothing run."""

import logging
import os
import re
from io import BufferedReader
from urllib.parse import quote

from flask import abort, make_response, request
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from agency.kit import storage
from agency.kit.web.errors import show
from agency.kit.words import lazy

log = logging.getLogger("agency.web")

AT_ONCE = 4 << 20
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
# The browser's own PDF viewer needs its styles and dies in a sandbox; pages of ours may frame it.
VIEWER = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
LOST = lazy("This file is damaged or lost on the server, so it is not shown. Tell the administrator the number below.")


def disposition(name: str, inline: bool = False) -> str:
    """The Content-Disposition of a file (RFC 6266): any letters for new browsers, plain ones for old."""
    name = re.sub(r"[\x00-\x1f\x7f]", "", name) or "file"
    stem, dot, ending = name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9 ._-]+", "", stem if dot else name).strip(" .") or "file"
    ending = re.sub(r"[^A-Za-z0-9]+", "", ending) if dot else ""
    fallback = f"{plain}.{ending}" if ending else plain
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"


def send(key: str | None, name: str, mime: str, inline: bool = False) -> Response:
    """Answer with the bytes under a storage key: 404 without a key, a page of error when they are damaged."""
    if key is None:
        abort(404)
    try:
        file = storage.current().open(key)
    except storage.NoAnswer as error:
        log.error("the store of files does not answer: %s", error)
        return make_response(show(503)[0], 503, {"Retry-After": "5"})
    except storage.StorageError as error:
        log.error("stored file cannot be served: %s", error)
        return _lost()
    response = _answer(file)
    response.mimetype = mime
    response.headers["Content-Disposition"] = disposition(name, inline)
    response.headers["Content-Security-Policy"] = VIEWER if inline else SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _answer(file: BufferedReader) -> Response:
    """The bytes at once when they are few, else in pieces."""
    size = os.fstat(file.fileno()).st_size
    if size <= AT_ONCE:
        with file:
            return Response(file.read())
    response = Response(wrap_file(request.environ, file), direct_passthrough=True)
    response.content_length = size
    return response


def _lost() -> Response:
    page, _ = show(500, sentence=LOST)
    return make_response(page, 500)
