"""Gathering the material of a report from the rooms before this one, in a fixed number of questions."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from agency.attached.hours import queries as hours
from agency.attached.promises import queries as promises
from agency.flow.projects.models import Project
from agency.flow.reports import awaited, moving, owing
from agency.flow.reports.material import Estimate, Material, Offered, Payment, Person, Promised, Stage, Work
from agency.flow.reports.worked import WorkLine
from agency.flow.smetas import queries as smetas
from agency.flow.smetas.models import Smeta
from agency.flow.tasks import progress
from agency.flow.tasks.models import Task
from agency.flow.tasks.splitting import WITHOUT_WORK
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.words import _, money
from agency.people.accounts import models as accounts
from agency.people.agency import queries as agencies

EVENTS = ("brief.approved", "smeta.approved", "project.stage_done", "project.stage_ended")


def gather(project: Project, on: date, since: datetime, words: Mapping[str, Any]) -> Material:
    """Everything a report of a project on a day is drafted from, in the language of the moment."""
    calendar = agencies.calendar()
    tasks, papers = tasks_of(project.id), smetas.of_project(project.id)
    agreed = smetas.approved(project.id)
    return Material(
        on=on,
        since=since,
        currency=project.currency,
        begins=project.starts_on, ends=project.ends_on, launches_on=project.launches_on, agreed_on=_agreed_on(agreed),
        next_on=awaited.next_day(project, calendar, on),
        calendar=calendar,
        budget=project.budget,
        manager=_person(project.manager),
        deputy=_person(project.deputy) if project.deputy else None,
        stages=tuple(_stages(project)),
        works=tuple(_work(task, on, since) for task in tasks if task.is_public),
        lines=tuple(_lines(agreed, tasks)),
        estimates=tuple(_estimate(smeta, project) for smeta in papers),
        payments=tuple(_payments(agreed)),
        promises=tuple(_promised(project.id, since)),
        moves=tuple(moving.since(project, tasks, since)),
        offers=tuple(_offers(project.id, since)),
        asks=tuple(owing.asks(project, tasks, papers, agreed, owing.Day(on, calendar))),
        events=tuple(_events(project.id, since)),
        own_late=max((owing.late(day, on, calendar) for day in own_days(words)), default=0),
        **_rounds(tasks),
    )


def start_of(day: date) -> datetime:
    """The first instant of a local day."""
    return datetime.combine(day, time(), clock.home_zone()).astimezone(UTC)


def tasks_of(project_id: int) -> list[Task]:
    """The tasks of a project with all that a report tells of them."""
    rows = select(Task).where(Task.project_id == project_id).order_by(Task.due_on, Task.id)
    return list(
        db.session.scalars(
            rows.options(
                joinedload(Task.assignee),
                selectinload(Task.due_moves),
                selectinload(Task.deliveries),
            )
        )
    )


def own_days(words: Mapping[str, Any]) -> list[date]:
    """By when the AM's own asks that stand in the report are to be answered."""
    lines = words.get("lines", {}).get("needed", {})
    return sorted(
        lines[key]["by"] for key in words.get("own", {}).get("needed", [])
        if lines.get(key, {}).get("by") and not lines[key].get("off")
    )


def _rounds(tasks: Iterable[Task]) -> dict[str, Any]:
    """How the client's rounds of changes stand in what is not finished."""
    going = list(_public(tasks))
    return {
        "over_rounds": tuple(task.title for task in going if task.is_over_rounds),
        "remarks": sum(_has_remarks(task) for task in going),
        "rounds": max((task.round for task in going), default=1),
    }


def _public(tasks: Iterable[Task]) -> Iterable[Task]:
    return (task for task in tasks if task.is_public and task.state not in ("done", "cancelled"))


def _has_remarks(task: Task) -> bool:
    last = task.last_delivery
    return last is not None and last.verdict == "sent_back"


def _work(task: Task, on: date, since: datetime) -> Work:
    shown = [(delivery.shown_at, delivery.n) for delivery in task.deliveries if delivery.shown_at]
    return Work(
        id=task.id,
        title=task.title,
        department=task.department,
        state=task.state,
        due_on=task.due_on,
        who=task.assignee.short_name if task.assignee else "",
        blocked_for=task.blocked_for,
        is_late=task.is_late(on),
        fresh=task.done_at is not None and task.done_at > since,
        shown_n=shown[-1][1] if shown else 0,
        shown_fresh=bool(shown) and shown[-1][0] > since,
    )


def _stages(project: Project) -> Iterable[Stage]:
    for stage in sorted(project.stages, key=lambda row: row.ordinal):
        yield Stage(
            name=stage.name,
            planned_on=stage.planned_on,
            forecast_on=stage.forecast_on,
            done_on=stage.done_on,
            ordinal=stage.ordinal,
            started_on=stage.started_on,
        )


def _lines(agreed: Iterable[Smeta], tasks: Iterable[Task]) -> Iterable[WorkLine]:
    by_line: dict[int | None, list[Task]] = {}
    for task in tasks:
        if task.state != "cancelled":
            by_line.setdefault(task.smeta_line_id, []).append(task)
    logged = hours.logged_on(Task.KIND, [task.id for its in by_line.values() for task in its])
    for smeta in agreed:
        for line in smeta.lines:
            if not line.is_optional and line.kind not in WITHOUT_WORK:
                yield WorkLine(line.department, _part(line.net, by_line.get(line.id, []), logged))


def _part(net: int, tasks: list[Task], logged: Mapping[int, int]) -> progress.Part:
    starts = [task.starts_on for task in tasks if task.starts_on]
    dues = [task.due_on for task in tasks if task.due_on]
    return progress.Part(
        net=net,
        is_done=bool(tasks) and all(task.state == "done" for task in tasks),
        logged=sum(logged.get(task.id, 0) for task in tasks),
        estimate=sum(task.estimate_minutes or 0 for task in tasks) or None,
        starts_on=min(starts, default=None),
        due_on=max(dues, default=None),
    )


def _estimate(smeta: Smeta, project: Project) -> Estimate:
    return Estimate(
        number=smeta.number,
        kind=smeta.kind,
        state=smeta.state,
        gross=smeta.gross,
        valid_until=smeta.valid_until,
        counts=smeta.gross if project.budget_has_vat else smeta.net,
    )


def _payments(agreed: Iterable[Smeta]) -> Iterable[Payment]:
    for smeta in agreed:
        for row in smeta.payments:
            yield Payment(
                smeta=smeta.number, n=row.ordinal, amount=row.amount, paid=row.paid, due_on=row.due_on,
                percent=row.percent, paid_on=row.paid_on, words=row.words,
            )


def _agreed_on(agreed: Iterable[Smeta]) -> date | None:
    """The day the client approved the base estimate: the work's time is counted from it."""
    said = next((smeta.decided_at for smeta in agreed if smeta.kind == "base"), None)
    return clock.local(said).date() if said else None


def _offers(project_id: int, since: datetime) -> Iterable[Offered]:
    """What is offered in return and not given yet, and what was given since the last report."""
    for row in promises.offered_in(project_id):
        if row.given_on is None or start_of(row.given_on) >= since:
            yield Offered(row.id, row.words, row.kind, row.amount, row.promise.words, row.given_on is not None)


def _promised(project_id: int, since: datetime) -> Iterable[Promised]:
    for row in promises.of_project(project_id):
        fresh = row.settled_at is not None and row.settled_at > since
        yield Promised(
            row.id, row.words, row.due_on, row.state, row.moved_from, fresh, row.warned_on, row.in_time,
            row.subject_id if row.subject_kind == Task.KIND else None,
        )


def _events(project_id: int, since: datetime) -> Iterable[tuple[str, str]]:
    """Agreements and finished stages, from the facts a client may know."""
    rows = select(journal.Fact).where(
        journal.Fact.project_id == project_id,
        journal.Fact.audience == "client",
        journal.Fact.at > since,
        journal.Fact.verb.in_(EVENTS),
    )
    for fact in db.session.scalars(rows.order_by(journal.Fact.id)):
        yield f"fact:{fact.id}", _told(fact.verb, journal.client_details(fact))


def _told(verb: str, details: Mapping[str, Any]) -> str:
    if verb == "brief.approved":
        return _("Brief %(number)s is approved", number=details["number"])
    if verb == "smeta.approved":
        return _(
            "Estimate %(number)s is approved, %(sum)s",
            number=details["number"],
            sum=money(details["gross"], details["currency"]),
        )
    return _("Stage “%(name)s” is completed", name=details["name"])


def _person(row: accounts.Person) -> Person:
    return Person(row.name, row.phone, row.email or "")
