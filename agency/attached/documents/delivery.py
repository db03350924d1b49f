"""How the bytes of a document reach a reader; also used by the portal."""

from werkzeug.wrappers import Response

from agency.attached.documents.models import Document
from agency.kit.web.downloads import send


def deliver(document: Document, inline: bool = False) -> Response:
    """Answer with the PDF; 404 while it is not drawn, 503 with a page when its bytes are damaged or lost."""
    return send(document.storage_key, document.file_name, "application/pdf", inline=inline)
