"""How a frozen context becomes HTML: the template, its version, and the pictures it needs."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from flask import current_app
from jinja2 import Environment, TemplateError

from agency.attached.documents.frozen import thaw
from agency.attached.documents.registry import sheet, sheets
from agency.kit import pdf, storage, words
from agency.kit.web.templates import compile_all, needed

STYLES = Path(__file__).resolve().parents[3] / "static" / "css"
ENDINGS = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"RIFF": ".webp"}


@cache
def _version(template: str, environment: Environment) -> str:
    digest = hashlib.sha256()
    for name, source in needed(environment, template):
        digest.update(f"{name}\0{source}\0".encode())
        for style in sorted(set(re.findall(r'href="css/([\w.-]+\.css)"', source))):
            digest.update((STYLES / style).read_bytes())
    return digest.hexdigest()


def version(kind: str) -> str:
    """The hash of everything that lays this kind out: its templates and its styles."""
    return _version(sheet(kind).template, current_app.jinja_env)


def rehearse() -> None:
    """Set the templates of every kind in each language: processes forked from this one then know them by heart."""
    for one in sheets():
        compile_all(current_app.jinja_env, one.template)


def draw(kind: str, language: str, context: dict[str, Any], folder: Path) -> pdf.Rendered:
    """Draw a frozen context, in its language; `folder` takes its pictures for the while.

    Touches no database. Raises RenderFailed.
    """
    with words.using(language):
        values = thaw(context, lambda key: _lay_out(key, folder))
        try:
            html = current_app.jinja_env.get_template(sheet(kind).template).render(values)
        except (TemplateError, LookupError, TypeError, ValueError, ArithmeticError) as error:
            current_app.logger.exception("the template of %s failed", kind)
            raise pdf.RenderFailed("broken", type(error).__name__) from None
    return pdf.render(html, assets=[folder])


def _lay_out(key: str, folder: Path) -> str:
    """Put a stored picture where the press may read it and return its address."""
    try:
        data = storage.get(key)
    except storage.StorageError:
        raise pdf.RenderFailed("missing_asset", key[:12]) from None
    ending = next((ending for start, ending in ENDINGS.items() if data.startswith(start)), None)
    if ending is None:
        raise pdf.RenderFailed("picture_unreadable")
    path = folder / (key + ending)
    path.write_bytes(data)
    return path.resolve().as_uri()
