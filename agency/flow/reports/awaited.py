"""Which reports are due and have not gone out; the rhythm of most projects is asked of the database itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
)
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
RHYTHMS, WEEK = ("weekly", "fortnightly", "monthly"), range(5)
AWAITED, LATE = "report.awaited", "report.late"


def rhythm_of(project: Project, *, ahead: bool = False) -> cadence.Rhythm:
    """The rhythm of a project by the days its stages ended, or, looking ahead, are to end."""
    # The stages are read only where they count: a list of projects asks for many rhythms.
    stages = project.stages if project.report_cadence == "milestones" else []
    days = (stage.forecast_on if ahead else stage.done_on for stage in stages)
    return cadence.Rhythm(project.report_cadence, project.report_weekday, project.starts_on, tuple(filter(None, days)))


def next_day(project: Project, calendar: WorkingCalendar, after: date) -> date:
    """The day of the next report of a project."""
    return next_of(rhythm_of(project, ahead=True), calendar, after)


def next_of(rhythm: cadence.Rhythm, calendar: WorkingCalendar, after: date) -> date:
    """The day of the next report; without a stage ahead the next working day of the week of reports."""
    found = cadence.next_due(rhythm, calendar, after)
    weekly = replace(rhythm, cadence="weekly", milestones=())
    return found or cadence.next_due(weekly, calendar, after) or after


def is_at_work() -> ColumnElement[bool]:
    """Projects that report: in work, on something the client has agreed to."""
    agreed = exists().where(Smeta.project_id == Project.id, Smeta.state == "approved")
    return and_(Project.state == "active", agreed)


def waiting(today: date, *whose: ColumnElement[bool]) -> Select[Project, Report, date]:
    """Projects whose last report is due and has not gone out: project, the open report if it was begun, its day."""
    rows = select(Project, Report, due_day().label("due_on")).outerjoin(Report, is_begun()).where(is_due(), *whose)
    return rows.order_by(Project.name, Project.id).params(days_of(today))


def is_due() -> ColumnElement[bool]:
    """Projects whose last report is due and has not gone out, on the day told by the parameters of `days_of`."""
    gone = aliased(Report)
    went = exists().where(gone.project_id == Project.id, gone.state.in_(SETTLED), gone.until_on >= _by_rhythm("enough"))
    return and_(is_at_work(), Project.starts_on <= due_day(), ~went)


def is_begun() -> ColumnElement[bool]:
    """The open report of a project."""
    return and_(Report.project_id == Project.id, Report.state.in_(("draft", "approved")))


def due_day() -> ColumnElement[date]:
    """The last day a report of a project was due, by the same parameters."""
    return _by_rhythm("due")


def days_of(today: date) -> dict[str, date | None]:
    """The parameters of these questions on a day: when each rhythm was due last, and what is early enough for it."""
    calendar = agencies.calendar()
    last = _last_days(calendar.country, frozenset(calendar.exceptions.items()), today)
    early = {f"enough_{name}": day and day - EARLY for name, day in last.items()}
    return {f"due_{name}": day for name, day in last.items()} | early | {"worked": _last_worked(calendar, today)}


@lru_cache(maxsize=8)
def _last_days(country: str, exceptions: frozenset[tuple[date, bool]], today: date) -> Mapping[str, date | None]:
    """The last day each rhythm was due, by its name and weekday."""
    calendar = WorkingCalendar(country=country, exceptions=dict(exceptions))
    return {
        f"{name}_{weekday}": cadence.last_due(cadence.Rhythm(name, weekday, date.min), calendar, today)
        for name in RHYTHMS for weekday in WEEK
    }


def _by_rhythm(which: str) -> ColumnElement[date]:
    # Names and weekdays stand in the question itself: only days are parameters, and those are many enough.
    whens = [
        (literal_column(f"'{name}'"), case(
            *((literal_column(str(weekday)), bindparam(f"{which}_{name}_{weekday}", type_=Date)) for weekday in WEEK),
            value=Project.report_weekday, else_=cast(null(), Date),
        ))
        for name in RHYTHMS
    ]  # fmt: skip
    by_stages = (literal_column("'milestones'"), _last_stage())
    return case(by_stages, *whens, value=Project.report_cadence, else_=cast(null(), Date))


def _last_stage() -> ColumnElement[Any]:
    """The day a stage of the project ended last, told on the next working day."""
    ended = select(func.max(ProjectStage.done_on)).where(
        ProjectStage.project_id == Project.id, ProjectStage.done_on < bindparam("worked", type_=Date),
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
