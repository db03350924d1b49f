"""Jobs of documents: draw one PDF."""

import tempfile
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agency.attached.documents import operations, paper, queries
from agency.kit import pdf, storage
from agency.kit.queue import SYSTEM, job


@dataclass(frozen=True)
class Outcome:
    """What came of a drawing: the PDF and its key, or the failure."""

    drawn: pdf.Rendered | None = None
    key: str = ""
    failure: pdf.RenderFailed | None = None


def park(error: str, document_id: int) -> None:
    """Say on the document that its job was given up."""
    document = queries.get(document_id)
    if document is not None:
        operations.fail(document, "broken", error, by=SYSTEM)


@job("pdf", when_failed=park)
def render(document_id: int) -> Generator[Callable[[], Outcome], Outcome, None]:
    """Draw a wanted document from what was frozen with it; may run twice unharmed."""
    document = queries.get(document_id)
    if document is None or document.is_ready:
        return
    kind, language, context = document.kind, document.language, document.context
    outcome = yield lambda: _draw(document_id, kind, language, context)
    document = queries.get(document_id)
    if document is None:
        return
    if outcome.drawn is not None:
        operations.finish(document, outcome.drawn, outcome.key, by=SYSTEM)
    elif outcome.failure is not None:
        operations.fail(document, outcome.failure.reason, outcome.failure.detail, by=SYSTEM)


def _draw(document_id: int, kind: str, language: str, context: dict[str, Any]) -> Outcome:
    """Draw and store with no transaction open."""
    operations.begin(document_id)
    try:
        with tempfile.TemporaryDirectory(prefix="agency-pictures-") as folder:
            drawn = paper.draw(kind, language, context, Path(folder))
    except pdf.RenderFailed as failure:
        return Outcome(failure=failure)
    return Outcome(drawn, storage.put(drawn.pdf))
