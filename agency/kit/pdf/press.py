"""The press: HTML in, a tagged PDF/UA out, or a named reason why not."""

import gc
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agency.kit.pdf import fonts
from agency.kit.pdf.confinement import confined
from agency.kit.pdf.failures import RenderFailed
from agency.kit.pdf.limits import Limits

log = logging.getLogger(__name__)

CACHE = fonts.STATIC.parent / "var" / "cache"
TAGGED = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
SAMPLE = '<html lang="ru"><title>Проба</title><style>@page{size:A6}</style><p>Проба <b>пера</b>, <i>1 №</i></p></html>'


@dataclass(frozen=True)
class Rendered:
    """A finished PDF and the number of its pages."""

    pdf: bytes
    pages: int


def render(html: str, *, assets: Sequence[Path] = (), limits: Limits | None = None) -> Rendered:
    """Draw `html` in a confined child and return the PDF; the same input gives the same bytes.

    Relative addresses mean files under static/; `assets` are further folders pictures may come from.
    The calling process must run one thread only. Raises RenderFailed.
    """
    limits = limits or Limits()
    if len(html) > limits.source_bytes:
        raise RenderFailed("too_much_text")
    load()
    answer = confined(lambda: _answer(html, assets, limits), limits)
    head, _, pdf = answer.partition(b"\n")
    told = json.loads(head)
    if "reason" in told:
        raise RenderFailed(told["reason"], told["detail"])
    return Rendered(pdf, told["pages"])


def load(cache: Path = CACHE) -> None:
    """Install the fonts and import WeasyPrint once; raises RenderFailed: missing_library, missing_fonts."""
    if "agency.kit.pdf.factory" in sys.modules:
        return
    fonts.install(cache)
    try:
        from agency.kit.pdf import factory  # noqa: F401 - costs two seconds, so only where PDFs are drawn
    except (OSError, ImportError) as error:
        log.error("WeasyPrint cannot be loaded: %s", error)
        raise RenderFailed("missing_library") from None


def preload(cache: Path = CACHE) -> RenderFailed | None:
    """Warm a worker's parent process so that its children draw at once; returns why it could not.

    The sample is drawn in a child first: a broken font set ends the process that meets it.
    """
    try:
        load(cache)
        render(SAMPLE)
        _draw(SAMPLE, (), Limits())
    except RenderFailed as failure:
        log.error("PDFs cannot be drawn: %s", failure)
        return failure
    gc.collect()
    gc.freeze()
    return None


def _answer(html: str, assets: Sequence[Path], limits: Limits) -> bytes:
    """Draw in the child and put either the PDF or the reason into one answer."""
    try:
        drawn = _draw(html, assets, limits)
    except RenderFailed as failure:
        return json.dumps({"reason": failure.reason, "detail": failure.detail}).encode() + b"\n"
    return json.dumps({"pages": drawn.pages}).encode() + b"\n" + drawn.pdf


def _draw(html: str, assets: Sequence[Path], limits: Limits) -> Rendered:
    """Draw in this very process; raises RenderFailed."""
    from agency.kit.pdf import factory
    from agency.kit.pdf.inspection import inspect

    try:
        parsed = factory.document(html, [fonts.STATIC, *assets], limits)
        inspect(parsed.etree_element, limits)
        laid_out = parsed.render(**TAGGED)
        pages = len(laid_out.pages)
        if pages > limits.pages:
            raise RenderFailed("too_long", str(limits.pages))
        return Rendered(laid_out.write_pdf(**TAGGED), pages)
    except factory.Denied as denied:
        raise denied.failure from None
    except RecursionError:
        raise RenderFailed("too_deep") from None
    except MemoryError:
        raise RenderFailed("too_big") from None
    except (RenderFailed, KeyboardInterrupt):
        raise
    except Exception as error:
        log.exception("drawing failed")
        raise RenderFailed("broken", type(error).__name__) from None
