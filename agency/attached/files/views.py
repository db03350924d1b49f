"""The bytes of uploaded files."""

from werkzeug.wrappers import Response

from agency.attached.files import queries
from agency.attached.files.delivery import deliver
from agency.attached.files.models import File
from agency.kit.web import Room, needs

room = Room("files", __name__, for_clients=True)


@room.get("/<int:file_id>/file")
@needs("file.view", of=queries.get)
def download(file: File) -> Response:
    """The file, to be saved."""
    return deliver(file)
