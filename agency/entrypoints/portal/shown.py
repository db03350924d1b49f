"""Everything of a project that its client may see, read once for a page."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agency.attached.comments import queries as comments
from agency.attached.documents import queries as documents
from agency.attached.files import queries as files
from agency.attached.promises import queries as promises
from agency.entrypoints.portal import queries
from agency.flow.briefs import standing as briefs
from agency.flow.briefs.standing import Given
from agency.flow.payments import queries as payments
from agency.flow.projects.models import Project
from agency.flow.reports import queries as reports
from agency.flow.smetas import queries as smetas
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import face as tasks
from agency.flow.tasks.face import ClientTask
from agency.kit import clock


@dataclass(frozen=True)
class Shown:
    """A project as its client sees it; every part comes from a room's own client face."""

    project: Project
    client_ids: Collection[int]

    @cached_property
    def briefs(self) -> list[Given]:
        """The versions the client was given, the newest first."""
        return briefs.given(self.project.id)

    @cached_property
    def smetas(self) -> list[Smeta]:
        """The estimates the client was given, the newest first."""
        return smetas.shown_to(self.client_ids, self.project.id)

    @cached_property
    def smeta(self) -> Smeta | None:
        """The base estimate that counts: the approved one, else the newest."""
        base = [row for row in self.smetas if row.kind == "base"]
        return next((row for row in base if row.state == "approved"), next(iter(base), None))

    @cached_property
    def tasks(self) -> list[ClientTask]:
        """The public tasks, those that wait for an answer first."""
        return tasks.of_project(self.client_ids, self.project.id)

    @cached_property
    def reports(self) -> list[Any]:
        """The reports that were sent, the newest first."""
        return reports.sent_in(self.project.id)

    @cached_property
    def payments(self) -> list[dict[str, Any]]:
        """What is paid when, by the approved estimates, and what came."""
        return payments.client_face(self.smetas, clock.today())

    @cached_property
    def promises(self) -> list[Any]:
        """What we promised, the open ones first."""
        return promises.told_in(self.project.id)

    @cached_property
    def papers(self) -> list[Any]:
        """The PDFs the client may fetch, one a title, the newest first."""
        newest: dict[tuple[str, int, str], Any] = {}
        for row in documents.client_face(self.client_ids, self.project.id):
            newest.setdefault((row.subject_kind, row.subject_id, row.kind), row)
        return list(newest.values())

    def paper_of(self, record: Any) -> Any:
        """The newest PDF of a brief or an estimate, or None."""
        named = (record.KIND, record.id, record.KIND)
        return next((row for row in self.papers if (row.subject_kind, row.subject_id, row.kind) == named), None)

    @cached_property
    def files(self) -> list[Any]:
        """Files that lie between us."""
        return files.of(self.project, "client")

    @cached_property
    def talk(self) -> list[Any]:
        """Questions and answers."""
        return comments.of(self.project, "client")

    @cached_property
    def moved(self) -> list[dict[str, Any]]:
        """Dates that moved, with their reasons."""
        return queries.moved_dates(self.project.id)
