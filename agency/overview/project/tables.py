"""The journal of a project as a table."""

from collections.abc import Iterator
from typing import Any

from agency.flow.projects.models import Project
from agency.kit import sheets
from agency.kit.sheets import Sheet
from agency.kit.web import Room, actor, exports, needs
from agency.kit.words import _
from agency.overview.project import queries


def routes(room: Room) -> None:
    """Add the table to the room's addresses."""
    room.get("/<int:id>/journal/table")(needs("project.view", of=queries.get)(exports(journal_table)))


def journal_table(project: Project) -> Sheet:
    """Everything that the journal of the project's page tells."""
    columns = [sheets.moment(_("When")), sheets.text(_("What happened"), 80), sheets.text(_("The client knows"), 16)]
    return Sheet(_("Journal of %(number)s", number=project.number), columns, _rows(project.id))


def _rows(project_id: int) -> Iterator[list[Any]]:
    for told in queries.whole_journal(project_id, actor()):
        yield [told.at, told.words, told.for_client]
