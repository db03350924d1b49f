"""Where the client's pages lead: the same pages stand in the portal and in the preview of the staff."""

from dataclasses import dataclass
from typing import Any

from flask import url_for


@dataclass(frozen=True)
class Bar:
    """What the staff read above a preview."""

    title: str
    text: str
    label: str
    back: str


@dataclass(frozen=True)
class Way:
    """Addresses of one place; in a preview nothing can be pressed, and `reader` is whom the page would greet."""

    preview: bool = False
    bar: Bar | None = None
    reader: Any = None

    def project(self, id: int) -> str:
        """The page of a project."""
        return url_for("portal.preview" if self.preview else "portal.project", id=id)

    def to(self, kind: str, project_id: int, id: int) -> str:
        """The page of a brief, smeta, task or report of a project."""
        return url_for(f"portal.{'preview_' if self.preview else ''}{kind}", project_id=project_id, id=id)

    def table(self, project_id: int, id: int) -> str:
        """The lines of a smeta to be saved; nowhere in a preview."""
        return "" if self.preview else url_for("portal.smeta_table", project_id=project_id, id=id)

    def document(self, id: int) -> str:
        """The bytes of a PDF."""
        return url_for("documents.download" if self.preview else "portal.document", document_id=id)

    def file(self, id: int) -> str:
        """The bytes of a file."""
        return url_for("files.download" if self.preview else "portal.file", file_id=id)

    def opening(self, kind: str, id: int) -> str:
        """Where a page says that it was opened; nowhere in a preview."""
        return "" if self.preview else url_for("portal.opened", kind=kind, id=id)
