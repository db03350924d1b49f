"""The client's page of a report: what the PDF and the letter say, and the PDF itself."""

from typing import Any

from agency.attached.documents import queries as documents
from agency.entrypoints.portal import queries
from agency.entrypoints.portal.ways import Way
from agency.flow.reports import queries as reports
from agency.flow.reports.models import Report
from agency.kit.web import Room, actor, needs, page

AT = "/portal/projects/<int:project_id>/reports/<int:id>"


def routes(room: Room) -> None:
    """Add the page of a report."""
    room.add_url_rule(AT, "report", show)


def find(project_id: int, id: int) -> Report | None:
    """A report of a project."""
    found: Report | None = queries.of_project("report", project_id, id)
    return found


@needs("portal.view", of=find)
def show(report: Report) -> Any:
    """The report as it was sent."""
    return page_of(report)


def page_of(report: Report, way: Way | None = None) -> Any:
    """The page of a report."""
    way = way or Way()
    return page(
        "portal/report.html", project=report.project, report=report, way=way, manager=report.project.manager,
        client_name=report.project.client.name, told=reports.client_face(report),
        paper=documents.latest_ready(report, "report", "client"),
        others=reports.shown_to([report.client_id], report.project_id),
        opening=way.opening("report", report.id) if actor().kind == "contact" else "",
    )
