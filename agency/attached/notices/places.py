"""Where each kind of record is opened, for whoever speaks of records of every kind."""

from typing import Any

from flask import current_app
from werkzeug.routing import BuildError

from agency.kit.web.edge import itself

# kind of record -> endpoint and the name of its argument
PLACES: dict[str, tuple[str, str]] = {
    "request": ("requests.show", "id"), "client": ("clients.show", "id"), "project": ("projects.show", "id"),
    "brief": ("briefs.show", "id"), "smeta": ("smetas.show", "id"), "task": ("tasks.show", "id"),
    "report": ("reports.show", "id"), "promise": ("promises.show", "id"), "document": ("documents.show", "document_id"),
    "file": ("files.download", "file_id"), "mail": ("mails.show", "mail_id"),
    "contact": ("client_parts.edit_contact", "id"), "payment_row": ("payments.of_row", "payment_id"),
}  # fmt: skip
HOME = "/"


def path(kind: str, id: int, project_id: int | None = None, client_id: int | None = None) -> str:
    """The address of a record, else of its project, else of its client; needs no request, so letters use it too."""
    known: list[tuple[str, Any]] = [(kind, id), ("project", project_id), ("client", client_id)]
    for name, value in known:
        if name in PLACES and value:
            endpoint, argument = PLACES[name]
            try:
                return str(itself(current_app).path(endpoint, **{argument: value}))
            except BuildError:
                continue
    return HOME
