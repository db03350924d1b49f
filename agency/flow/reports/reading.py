"""A report as it stands, each part of it read once, however often a page asks."""

from functools import cached_property
from typing import Any

from agency.attached.documents.frozen import thaw
from agency.flow.reports import face
from agency.flow.reports.models import Report
from agency.kit.words import using
from agency.people.clients import queries as clients


class Reading:
    """Facts, words, lines and readers of a report at this moment; made anew after each change."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @cached_property
    def computed(self) -> dict[str, Any]:
        """What facts said when they were gathered, with days as days."""
        return thaw(self.report.computed, str)  # type: ignore[no-any-return]

    @cached_property
    def words(self) -> dict[str, Any]:
        """What the AM wrote, with days as days."""
        return thaw(self.report.words, str)  # type: ignore[no-any-return]

    @cached_property
    def lines(self) -> dict[str, list[dict[str, Any]]]:
        """Every line of every section, for the composer alone."""
        return {section: list(face.lines_of(section, self.computed, self.words)) for section in face.SECTIONS}

    @cached_property
    def suggested(self) -> str:
        """The first sentence as it writes itself."""
        with using(self.report.language):
            return face.suggested(self.computed, self.words, self.report.lights)

    @property
    def verdict(self) -> str:
        """The first sentence as it stands."""
        return self.words.get("verdict") or self.suggested

    @cached_property
    def candidates(self) -> list[Any]:
        """The people of the client who can be written to: person_id, name, email, position, gets_reports."""
        return clients.addressees(self.report.client_id)

    @property
    def readers(self) -> list[Any]:
        """Whom the report goes to: those the AM chose, else everybody who gets reports."""
        chosen = self.words.get("to")
        if chosen is None:
            return [row for row in self.candidates if row.gets_reports]
        return [row for row in self.candidates if row.person_id in chosen]

    def content(self, n: int) -> dict[str, Any]:
        """What is sealed under a number: the head and everything the client reads, in the report's language."""
        report, project = self.report, self.report.project
        with using(report.language):
            return {
                "n": n,
                "language": report.language,
                "from_on": report.from_on,
                "until_on": report.until_on,
                "project": project.name,
                "project_number": project.number,
                "client": project.client.name,
                "brand": project.brand.name if project.brand else project.client.name,
                **face.content(self.computed, self.words, report.lights, self.verdict),
            }

    def client_face(self, n: int) -> dict[str, Any]:
        """The one face that the PDF, the letter and the portal share: no hours, cost, margin or inner word is in it."""
        report = self.report
        return {
            **self.content(n),
            "id": report.id,
            "project_id": report.project_id,
            "state": report.state,
            "sent_at": report.sent_at,
            "content_hash": report.content_hash,
        }
