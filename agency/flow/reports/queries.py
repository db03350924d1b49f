"""Questions about reports; whoever asks for a client gets only `client_face` of what was sent."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from agency.flow.projects.models import Project
from agency.flow.reports import lights
from agency.flow.reports.models import Report
from agency.flow.reports.reading import Reading
from agency.kit.db import ask, db, prepared

PAGE = 50
FEW = 12


def get(id: int) -> Report | None:
    """A report by id, with its project, client and manager."""
    return db.session.scalars(_get(), {"report": id}).first()


@prepared
def _get() -> Select[Report]:
    return select(Report).where(Report.id == bindparam("report")).options(
        joinedload(Report.project).options(joinedload(Project.client), joinedload(Project.brand)),
    )


def locked(id: int) -> Report | None:
    """A report held against other writers until the unit ends."""
    return db.session.scalars(select(Report).where(Report.id == id).with_for_update()).first()


def of_project(project_id: int) -> list[Report]:
    """The reports of a project, the newest first, discarded drafts left out."""
    rows = select(Report).where(Report.project_id == project_id, Report.state != "discarded")
    return list(db.session.scalars(rows.order_by(Report.id.desc())))


def visible_to(actor: Any) -> list[Report]:
    """The newest reports an actor of the agency may see."""
    rows = (
        select(Report)
        .where(Report.state != "discarded")
        .options(
            joinedload(Report.project).joinedload(Project.client),
        )
    )
    if not actor.sees_all_clients:
        rows = rows.where(Report.client_id.in_(actor.client_ids) | Report.project_id.in_(actor.project_ids))
    return list(db.session.scalars(rows.order_by(Report.id.desc()).limit(PAGE)))


def without_open(actor: Any) -> list[Project]:
    """The going projects an actor manages in which no report is being written, the first by name."""
    written = select(Report.project_id).where(Report.state.in_(("draft", "approved")))
    rows = select(Project).where(Project.manager_id == actor.id, Project.state == "active", Project.id.not_in(written))
    return list(db.session.scalars(rows.order_by(Project.name, Project.id).limit(FEW)))


def open_of(project_id: int) -> Report | None:
    """The report of a project that is being written or waits to be sent."""
    rows = select(Report).where(Report.project_id == project_id, Report.state.in_(("draft", "approved")))
    return db.session.scalars(rows).first()


def last_sealed(project_id: int) -> Report | None:
    """The report of a project that was approved last."""
    rows = select(Report).where(Report.project_id == project_id, Report.n.is_not(None))
    return db.session.scalars(rows.order_by(Report.n.desc())).first()


def next_number(project_id: int) -> int:
    """The number the next report of a project gets when it is approved."""
    return (ask(_last_number(), project=project_id).one().n or 0) + 1


@prepared
def _last_number() -> Select[int]:
    return select(func.max(Report.n).label("n")).where(Report.project_id == bindparam("project"))


def computed_of(report: Report) -> dict[str, Any]:
    """What facts said when they were gathered, with days as days."""
    return Reading(report).computed


def words_of(report: Report) -> dict[str, Any]:
    """What the AM wrote, with days as days."""
    return Reading(report).words


def tone_of(report: Report) -> str:
    """The tone of the whole report."""
    return lights.overall(report.lights)


def number_of(report: Report) -> int:
    """The report's number, or the one it will get."""
    return report.n or next_number(report.project_id)


def lines_of(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Every line of every section, for the composer alone."""
    return Reading(report).lines


def suggested_verdict(report: Report) -> str:
    """The first sentence as it writes itself."""
    return Reading(report).suggested


def candidates(report: Report) -> list[Any]:
    """The people of the client who can be written to."""
    return Reading(report).candidates


def readers(report: Report) -> list[Any]:
    """Whom the report goes to."""
    return Reading(report).readers


def shown_to(client_ids: Collection[int], project_id: int | None = None) -> list[Report]:
    """Reports that clients have been sent, the newest first; show each by `client_face`."""
    rows = (
        select(Report)
        .where(Report.client_id.in_(client_ids), Report.state == "sent")
        .options(
            joinedload(Report.project).joinedload(Project.client),
        )
    )
    if project_id is not None:
        rows = rows.where(Report.project_id == project_id)
    return list(db.session.scalars(rows.order_by(Report.sent_at.desc(), Report.id.desc())))


def sent_in(project_id: int) -> list[Any]:
    """The reports of a project that its client was sent, the newest first: id, n, days, sent_at and lights."""
    return list(ask(_sent_in(), project=project_id))


@prepared
def _sent_in() -> Select[*tuple[Any, ...]]:
    return (
        select(Report.id, Report.n, Report.from_on, Report.until_on, Report.sent_at, Report.lights)
        .where(Report.project_id == bindparam("project"), Report.state == "sent")
        .order_by(Report.sent_at.desc(), Report.id.desc())
    )


def client_get(client_ids: Collection[int], id: int) -> Report | None:
    """A sent report of one of these clients, or None."""
    found = get(id)
    return found if found and found.state == "sent" and found.client_id in client_ids else None


def content(report: Report) -> dict[str, Any]:
    """What is sealed: the head and everything the client reads, in the report's language."""
    return Reading(report).content(number_of(report))


def client_face(report: Report) -> dict[str, Any]:
    """The one face that the PDF, the letter and the portal share."""
    return Reading(report).client_face(number_of(report))
