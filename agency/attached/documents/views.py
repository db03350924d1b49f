"""Pages of documents: one document, its progress, its bytes, and another attempt."""

from typing import Any

from werkzeug.wrappers import Response

from agency.attached.documents import operations, queries
from agency.attached.documents.delivery import deliver
from agency.attached.documents.models import Document
from agency.attached.documents.progress import Progress, progress
from agency.kit.web import Room, actor, fragment, go, needs, page
from agency.kit.web.answers import wants_part
from agency.kit.words import _

room = Room("documents", __name__, for_clients=True)


@room.app_template_global("document_progress")
def document_progress(document: Document) -> Progress:
    """How far a document is, for any page that shows its row."""
    return progress(document)


@room.get("/<int:document_id>")
@needs("document.view", of=queries.get)
def show(document: Document) -> Any:
    """One document with its state."""
    return page("documents/show.html", document=document)


@room.get("/<int:document_id>/progress")
@needs("document.view", of=queries.get)
def show_progress(document: Document) -> Any:
    """The row of a document, asked for each second until it is done."""
    return fragment("documents/_job.html", document=document)


@room.get("/<int:document_id>/file")
@needs("document.view", of=queries.get)
def download(document: Document) -> Response:
    """The PDF, to be saved."""
    return deliver(document)


@room.get("/<int:document_id>/paper")
@needs("document.view", of=queries.get)
def look(document: Document) -> Response:
    """The PDF, to be looked at in the browser."""
    return deliver(document, inline=True)


@room.post("/<int:document_id>/attempts")
@needs("document.build", of=queries.get)
def build_again(document: Document) -> Any:
    """Another attempt at a document that failed."""
    operations.again(document, by=actor())
    if wants_part():
        return fragment("documents/_job.html", document=document)
    return go("documents.show", said=_("The document is being drawn again."), document_id=document.id)
