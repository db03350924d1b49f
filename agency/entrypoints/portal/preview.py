"""The client's pages as the staff may look at them: marked, and nothing can be pressed."""

from typing import Any

from agency.entrypoints.portal import briefs, project, queries, reports, smetas, tasks
from agency.entrypoints.portal.ways import Way
from agency.flow.projects.models import Project
from agency.kit.web import Room, needs

AT = "/projects/<int:id>/as-client"
WITHIN = "/projects/<int:project_id>/as-client"
LOOKING = Way(preview=True)


def routes(room: Room) -> None:
    """Add the previews."""
    room.add_url_rule(AT, "preview", show)
    for kind, find, page_of in (
        ("brief", briefs.find, briefs.page_of), ("smeta", smetas.find, smetas.page_of),
        ("task", tasks.find, tasks.page_of), ("report", reports.find, reports.page_of),
    ):
        room.add_url_rule(f"{WITHIN}/{kind}s/<int:id>", f"preview_{kind}", _of(find, page_of))


@needs("project.lead", of=queries.project)
def show(found: Project) -> Any:
    """The project's page as its client sees it now."""
    return project.page_of(found, LOOKING)


def _of(find: Any, page_of: Any) -> Any:
    @needs("project.lead", of=find)
    def look(record: Any) -> Any:
        """One page as the client sees it, or will see it once it is sent."""
        return page_of(record, LOOKING)

    return look
