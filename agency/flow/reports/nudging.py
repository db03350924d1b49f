"""What is said when something is due: a report that has not gone out, a decision the client owes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select, union

from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project
from agency.flow.reports import awaited, clockwork, owing
from agency.flow.reports.gathering import tasks_of
from agency.flow.reports.material import Asked
from agency.flow.smetas import queries as smetas
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.words import listed, using
from agency.people.agency import queries as agencies

REMINDED = "client.reminded"


def nudge(project: Project, due: date, *, by: Any) -> None:
    """Say once for each day that a report is due, or late, and has not gone out."""
    policy.demand(by, "report.begin", project)
    verb = awaited.AWAITED if due == clock.today() else awaited.LATE
    if not awaited.was_said(project, verb, due):
        journal.fact(verb, about=project, by=by, name=project.name, due=due.isoformat())


def owed_somewhere() -> list[int]:
    """Ids of going projects where something lies with the client."""
    found = union(
        select(Brief.project_id).where(Brief.state == "sent", Brief.department.is_(None)),
        select(Smeta.project_id).where(Smeta.state == "sent"),
        select(Task.project_id).where(Task.state == "client_review", Task.is_public),
        select(Task.project_id).where(Task.state == "blocked", Task.blocked_for == "client", Task.is_public),
    ).subquery()
    rows = select(Project.id).where(Project.id.in_(select(found)), Project.state.in_(("planned", "active")))
    return list(db.session.scalars(rows.order_by(Project.id)))


def remind(project: Project, *, by: Any) -> journal.Fact | None:
    """Remind the client of decisions whose day is near or gone, all in one letter; each three times at most."""
    policy.demand(by, "report.begin", project)
    with using(project.language):
        now = list(_to_say(project, clock.today()))
        if not now:
            return None
        what = listed([ask.text for ask, _step in now])
    said = [{"key": ask.key, "step": step, "text": ask.text, "by": ask.by.isoformat(), "slips": ask.slips}
            for ask, step in now]  # fmt: skip
    return journal.fact(REMINDED, about=project, by=by, what=what, asks=said)


def _to_say(project: Project, today: date) -> Iterator[tuple[Asked, str]]:
    calendar = agencies.calendar()
    earlier = [(one["key"], one["by"], one["step"]) for fact in _reminded(project) for one in fact["asks"]]
    for ask in _asks(project, owing.Day(today, calendar)):
        step = clockwork.step(ask.by, today, calendar)
        often = sum(key == ask.key for key, _by, _step in earlier)
        if step and often < clockwork.CAP and (ask.key, ask.by.isoformat(), step) not in earlier:
            yield ask, step


def _asks(project: Project, day: owing.Day) -> Iterator[Asked]:
    """What the client owes besides money, whose own reminders know of days that were named."""
    papers = smetas.of_project(project.id)
    agreed = [smeta for smeta in papers if smeta.state == "approved"]
    for ask in owing.asks(project, tasks_of(project.id), papers, agreed, day):
        if not ask.key.startswith("payment:"):
            yield ask


def _reminded(project: Project) -> list[dict[str, Any]]:
    rows = select(journal.Fact.details).where(
        journal.Fact.subject_kind == Project.KIND, journal.Fact.subject_id == project.id,
        journal.Fact.verb == REMINDED,
    )
    return list(db.session.scalars(rows))
