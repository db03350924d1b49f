"""Pages of reports: the list, one report as it stands, and its moves."""

from typing import Any

from flask import abort, g, request

from agency.attached.documents import queries as documents
from agency.attached.mails.models import ICONS, NAMES, TONES
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.reports import composing, operations, queries
from agency.flow.reports.forms import Clash
from agency.flow.reports.models import Report
from agency.flow.reports.moves import MOVES
from agency.kit import clock, mail
from agency.kit.policy import may, sees
from agency.kit.states import Refused, WrongState
from agency.kit.web import Room, actor, go, needs, page, whole
from agency.kit.words import _, lazy_in

room = Room("reports", __name__)
composing.routes(room)

STATES = {
    "draft": ("", "pen", lazy_in("report", "draft")),
    "approved": ("sign", "lock", lazy_in("report", "approved, not sent yet")),
    "sent": ("green", "mail", lazy_in("report", "sent")),
    "discarded": ("", "x", lazy_in("report", "discarded")),
}


@room.context_processor
def _marks() -> dict[str, Any]:
    return {
        "report_states": STATES,
        "mail_names": NAMES,
        "mail_tones": TONES,
        "mail_icons": ICONS,
        "tone_of": queries.tone_of,
        "number_of": queries.number_of,
    }


def project_of(project_id: int) -> Project | None:
    """The project that a report is about."""
    return projects.get(project_id)


@room.get("")
@needs("report.view")
def index() -> Any:
    """Reports of one project, or the newest of all."""
    project_id = request.args.get("project_id", type=whole)
    if project_id is None:
        return page(
            "reports/index.html", project=None, reports=queries.visible_to(actor()),
            waiting=[one for one in queries.without_open(actor()) if may(actor(), "report.begin", one)],
        )  # fmt: skip
    project = projects.get(project_id)
    if project is None or not sees(actor(), project):
        abort(404)
    return page(
        "reports/index.html",
        project=project,
        reports=queries.of_project(project.id),
        open=queries.open_of(project.id),
        may_begin=may(actor(), "report.begin", project) and project.is_going,
        today=clock.today(),
    )


@room.post("/of-project/<int:project_id>")
@needs("report.begin", of=project_of)
def begin(project: Project) -> Any:
    """Begin the project's report: it drafts itself."""
    report = operations.begin(project, by=actor())
    return go(
        "reports.edit",
        said=_("The report is drafted: read it, change the words, untick what is not needed."),
        id=report.id,
    )


@room.get("/<int:id>")
@needs("report.view", of=queries.get)
def show(report: Report) -> Any:
    """The report as it stands, with what became of its delivery."""
    return show_page(report)


def show_page(report: Report, status: int = 200, refusal: str = "") -> Any:
    """The page of a report that is only read."""
    g.shows_pdf = True
    who, project = actor(), report.project
    next_one = report.state == "sent" and project.is_going and may(who, "report.begin", project)
    return page(
        "reports/show.html",
        status,
        report=report,
        project=project,
        open=queries.open_of(project.id) if next_one else None,
        may_begin=next_one,
        face=queries.client_face(report),
        paper=documents.latest(report, "report", "client"),
        mails=mail.of(report),
        refusal=refusal,
        may_edit=report.is_draft and may(who, "report.edit", report),
        may_send=MOVES.can(report, "send", who),
        readers=queries.readers(report) if report.state == "approved" else [],
    )


@room.post("/<int:id>/approval")
@needs("report.approve", of=queries.get)
def approve(report: Report) -> Any:
    """Approve what stands on the page: it gets its number and its paper."""
    seen = report.version
    try:
        if report.is_draft and "version" in request.form:
            composing.listen(report)
        operations.approve(report, by=actor())
    except WrongState:
        raise
    except Clash as clash:
        return composing.both(report, clash)
    except Refused as refusal:
        return composing.write_page(report, refusal.status, refusal=refusal, version=seen)
    return go("reports.show", id=report.id, said=_("Report No. %(n)s is approved. The PDF is being drawn.", n=report.n))


@room.post("/<int:id>/sending")
@needs("report.send", of=queries.get)
def send(report: Report) -> Any:
    """Send it: the letter goes out as soon as the PDF is drawn."""
    try:
        operations.send(report, by=actor())
    except WrongState:
        raise
    except Refused as refusal:
        return show_page(report, refusal.status, str(refusal.sentence))
    return go("reports.show", id=report.id, said=_("The report goes out. What became of each letter stands below."))


@room.post("/<int:id>/discarding")
@needs("report.edit", of=queries.get)
def discard(report: Report) -> Any:
    """Throw the draft away."""
    operations.discard(report, by=actor())
    return go(
        "reports.index",
        said=_("The draft is discarded. Facts are kept, a new one can be begun at any time."),
        project_id=report.project_id,
    )
