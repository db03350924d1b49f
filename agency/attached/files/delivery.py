"""How the bytes of an uploaded file reach a reader; also used by the portal."""

from werkzeug.wrappers import Response

from agency.attached.files.kinds import SVG
from agency.attached.files.models import File
from agency.kit.web.downloads import send


def deliver(file: File) -> Response:
    """Answer with the file to be saved, never shown or run in the page's place."""
    mime = "application/octet-stream" if file.mime == SVG.mime else file.mime
    return send(file.sha256, file.name, mime)
