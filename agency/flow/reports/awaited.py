"""Which reports are due and have not gone out; the rhythm of most projects is asked of the database itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, cast, exists, func, literal, null, or_, select
from sqlalchemy.orm import aliased

from agency.flow.projects.models import Project, ProjectStage
from agency.flow.reports import cadence
from agency.flow.reports.models import Report
from agency.flow.smetas.models import Smeta
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.people.agency import queries as agencies
from agency.people.agency.calendars import WorkingCalendar

# A report that went out so shortly before its day is that day's report.
EARLY = timedelta(days=2)
SETTLED = ("sent", "discarded")
AWAITED, LATE = "report.awaited", "report.late"


def rhythm_of(project: Project, *, ahead: bool = False) -> cadence.Rhythm:
    """The rhythm of a project by the days its stages ended, or, looking ahead, are to end."""
    # The stages are read only where they count: a list of projects asks for many rhythms.
    stages = project.stages if project.report_cadence == "milestones" else []
    days = (stage.forecast_on if ahead else stage.done_on for stage in stages)
    return cadence.Rhythm(project.report_cadence, project.report_weekday, project.starts_on, tuple(filter(None, days)))


def next_day(project: Project, calendar: WorkingCalendar, after: date) -> date:
    """The day of the next report; without a stage ahead the next working day of the week of reports."""
    found = cadence.next_due(rhythm_of(project, ahead=True), calendar, after)
    weekly = cadence.Rhythm("weekly", project.report_weekday, project.starts_on)
    return found or cadence.next_due(weekly, calendar, after) or after


def is_at_work() -> ColumnElement[bool]:
    """Projects that report: in work, on something the client has agreed to."""
    agreed = exists().where(Smeta.project_id == Project.id, Smeta.state == "approved")
    return and_(Project.state == "active", agreed)


def waiting(today: date, *whose: ColumnElement[bool]) -> Select[Any]:
    """Projects whose last report is due and has not gone out: project, the open report if it was begun, its day."""
    calendar = agencies.calendar()
    begun = and_(Report.project_id == Project.id, Report.state.in_(("draft", "approved")))
    ended = _last_stage(_last_worked(calendar, today))
    day = case((Project.report_cadence == "milestones", ended), else_=_by_weekday(calendar, today, timedelta()))
    enough = case((Project.report_cadence == "milestones", ended), else_=_by_weekday(calendar, today, EARLY))
    gone = aliased(Report)
    went = exists().where(gone.project_id == Project.id, gone.state.in_(SETTLED), gone.until_on >= enough)
    rows = select(Project, Report, day.label("due_on")).outerjoin(Report, begun)
    return rows.where(is_at_work(), Project.starts_on <= day, ~went, *whose).order_by(Project.name, Project.id)


def _by_weekday(calendar: WorkingCalendar, today: date, less: timedelta) -> ColumnElement[Any]:
    """The last day a report was due, so many days less, by the rhythm and weekday of a project."""
    whens = [
        (and_(Project.report_cadence == name, Project.report_weekday == weekday), literal(day - less, Date))
        for name in ("weekly", "fortnightly", "monthly") for weekday in range(5)
        if (day := cadence.last_due(cadence.Rhythm(name, weekday, date.min), calendar, today)) is not None
    ]  # fmt: skip
    return case(*whens, else_=cast(null(), Date))


def _last_stage(before: date) -> ColumnElement[Any]:
    """The day a stage of the project ended last, told on the next working day."""
    ended = select(func.max(ProjectStage.done_on)).where(
        ProjectStage.project_id == Project.id, ProjectStage.done_on < before,
    )
    return ended.correlate(Project).scalar_subquery()


def _last_worked(calendar: WorkingCalendar, today: date) -> date:
    return today if calendar.is_working(today) else calendar.add_working_days(today, -1)


def due(on: date) -> list[int]:
    """Ids of the projects whose report is due on a day and was not begun, discarded or sent for it."""
    calendar = agencies.calendar()
    if not calendar.is_working(on):
        return []
    begun = select(Report.project_id).where(Report.until_on >= on)
    rows = select(Project).where(
        Project.state == "active", Project.starts_on <= on, Project.id.not_in(begun),
        or_(Project.report_cadence != "weekly", Project.report_weekday == on.weekday()),
    )
    found = db.session.scalars(rows.order_by(Project.id))
    return [project.id for project in found if cadence.is_due(rhythm_of(project), calendar, on)]


@dataclass(frozen=True)
class Awaited:
    """A report that is due: of which project, since when, and the open one."""

    project: Project
    due_on: date
    report: Report | None


def shown(rows: Select[Any], most: int) -> list[Awaited]:
    """The first of those reports, each with its day."""
    return [Awaited(project, day, report) for project, report, day in db.session.execute(rows.limit(most))]


def was_said(project: Project, verb: str, due: date) -> bool:
    """Whether it was said already that this report is due or late."""
    rows = select(Fact.details).where(Fact.subject_kind == Project.KIND, Fact.subject_id == project.id,
                                      Fact.verb == verb)
    return any(details.get("due") == due.isoformat() for details in db.session.scalars(rows))
