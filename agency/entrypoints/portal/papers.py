"""Bytes for the client: PDFs made for them and files that lie between us; and the note that they looked."""

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from agency.attached.documents import queries as documents
from agency.attached.documents.delivery import deliver as deliver_document
from agency.attached.documents.models import Document
from agency.attached.files import queries as files
from agency.attached.files.delivery import deliver as deliver_file
from agency.attached.files.models import File
from agency.entrypoints.portal import operations, queries
from agency.kit.web import Room, actor, needs

SHORT = {"briefs": "brief", "smetas": "smeta", "tasks": "task", "reports": "report"}


def routes(room: Room) -> None:
    """Add documents, files, openings, and the short addresses of records."""
    room.add_url_rule("/portal/documents/<int:document_id>", "document", document)
    room.add_url_rule("/portal/files/<int:file_id>", "file", file)
    room.add_url_rule("/portal/openings/<kind>/<int:id>", "opened", opened, methods=["POST"])
    room.add_url_rule("/portal/<any(briefs, smetas, tasks, reports):kinds>/<int:id>", "short", short)


@needs("portal.view", of=documents.get)
def document(row: Document) -> Response:
    """A PDF."""
    return deliver_document(row)


@needs("portal.view", of=files.get)
def file(row: File) -> Response:
    """A file, to be saved."""
    return deliver_file(row)


@needs("portal.view", of=queries.opened)
def opened(record: Any) -> tuple[str, int]:
    """A person has touched the page: told by the page itself, after a sign of life."""
    operations.note_opening(record, by=actor())
    return "", 204


def named(kinds: str, id: int) -> Any:
    """The record of a short address."""
    return queries.opened(SHORT[kinds], id)


@needs("portal.view", of=named)
def short(record: Any) -> Response:
    """From a short address to the page itself."""
    return redirect(url_for(f"portal.{record.KIND}", project_id=record.project_id, id=record.id))
