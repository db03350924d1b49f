"""The client's pages as the staff may look at them: the same page in the client's language, and nothing to press."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from agency.attached.files import queries as files
from agency.attached.files.models import File
from agency.entrypoints.portal import asking, briefs, project, queries, reports, smetas, tasks
from agency.entrypoints.portal.ways import Bar, Way
from agency.flow.projects.models import Project
from agency.flow.requests import queries as requests
from agency.flow.requests.models import Request
from agency.kit import words
from agency.kit.web import Room, needs
from agency.kit.words import _
from agency.people.clients import queries as clients

AT = "/projects/<int:id>/as-client"
WITHIN = "/projects/<int:project_id>/as-client"


def routes(room: Room) -> None:
    """Add the previews."""
    room.add_url_rule(AT, "preview", show)
    room.add_url_rule("/requests/<int:id>/as-client", "preview_request", asked)
    room.add_url_rule("/files/<int:file_id>/as-client", "preview_file", file)
    for kind, find, page_of in (
        ("brief", briefs.find, briefs.page_of), ("smeta", smetas.find, smetas.page_of),
        ("task", tasks.find, tasks.page_of), ("report", reports.find, reports.page_of),
    ):
        room.add_url_rule(f"{WITHIN}/{kind}s/<int:id>", f"preview_{kind}", _of(find, page_of))


@needs("project.lead", of=queries.project)
def show(found: Project) -> Any:
    """The project's page as its client sees it now."""
    return _seen(found, url_for("projects.show", id=found.id), lambda way: project.page_of(found, way))


@needs("request.triage", of=requests.get)
def asked(found: Request) -> Any:
    """A request as whoever asked sees it, once it is of a client."""
    return _seen(found, url_for("requests.show", id=found.id), lambda way: asking.page_of(found, way))


@needs("project.lead", of=files.get)
def file(row: File) -> Response:
    """The page on which the client finds a file; what was not given to the client is on none."""
    if row.audience != "client":
        abort(404)
    if row.subject_kind == Request.KIND:
        return redirect(url_for("portal.preview_request", id=row.subject_id))
    task_id = queries.task_of(row)
    if task_id is not None:
        return redirect(url_for("portal.preview_task", project_id=row.project_id, id=task_id))
    return redirect(url_for("portal.preview", id=row.project_id, _anchor="files"))


def _of(find: Any, page_of: Any) -> Any:
    @needs("project.lead", of=find)
    def look(record: Any) -> Any:
        """One page as the client sees it, or will see it once it is sent."""
        back = url_for(f"{record.KIND}s.show", id=record.id)
        return _seen(record, back, lambda way: page_of(record, way))

    return look


def _seen(record: Any, back: str, draw: Callable[[Way], Any]) -> Any:
    """The page in the language of whoever reads it there; the bar is in ours."""
    reader = next(iter(clients.approvers(record.client_id)), None) if record.client_id else None
    client = clients.get(record.client_id) if record.client_id else None
    bar = Bar(
        _("This is how the client sees the page"),
        _("Nothing can be pressed here, and the client does not learn that you looked."),
        _("Back to our own page"), back,
    )
    language = reader.person.language if reader else client.language if client else words.locale()
    with words.using(language if language in words.CLIENT else words.locale()):
        return draw(Way(preview=True, bar=bar, reader=reader.person if reader else None))
