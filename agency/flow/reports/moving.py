"""Dates that moved since the last report: of tasks, stages, promises and of the project itself."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from agency.flow.projects.models import Project
from agency.flow.reports.material import Moved
from agency.flow.tasks.models import Task
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.words import _

VERBS = ("project.stage_moved", "project.dates_moved", "promise.moved")


def since(project: Project, tasks: Iterable[Task], instant: datetime) -> list[Moved]:
    """Every move after an instant; several moves of one date are told as one, with the last reason."""
    found: dict[str, Moved] = {}
    for move in (*_of_tasks(tasks, instant), *_of_facts(project.id, instant)):
        first = found.get(move.key)
        found[move.key] = move if first is None else _together(first, move)
    return list(found.values())


def _together(first: Moved, last: Moved) -> Moved:
    """One line for a date that moved twice, or for a task and the promise about it."""
    return Moved(
        first.key, first.title, first.was, last.becomes, last.reason, warned_on=last.warned_on or first.warned_on,
        in_time=first.in_time and last.in_time,
    )


def _of_tasks(tasks: Iterable[Task], instant: datetime) -> Iterator[Moved]:
    for task in tasks:
        if task.is_public and task.state != "cancelled":
            for move in task.due_moves:
                if move.created_at > instant:
                    yield Moved(f"task:{task.id}", task.title, move.was_on, move.becomes_on, move.reason)


def _of_facts(project_id: int, instant: datetime) -> Iterator[Moved]:
    fact = journal.Fact
    rows = select(fact).where(fact.project_id == project_id, fact.at > instant, fact.verb.in_(VERBS))
    for row in db.session.scalars(rows.order_by(fact.id)):
        yield from _told(row, row.details)


def _told(row: journal.Fact, details: dict[str, Any]) -> Iterator[Moved]:
    key, reason = f"{row.subject_kind}:{row.subject_id}", details.get("reason", "")
    if row.verb == "project.dates_moved":
        names = {
            "starts_on": _("Start of the project"), "ends_on": _("End of the project"), "launches_on": _("Launch"),
        }  # fmt: skip
        for name, was in details["was"].items():
            if was:
                yield Moved(f"{key}:{name}", names[name], _day(was), _day(details["becomes"][name]), reason)
        return
    was, becomes = _day(details["was"]), _day(details["becomes"])
    if row.verb == "project.stage_moved":
        yield Moved(key, _("Stage “%(name)s”", name=details["name"]), was, becomes, reason)
        return
    # A promise about a task is the same date as that task's own.
    kind, id = details.get("of", ("project", 0))
    key = f"task:{id}" if kind == Task.KIND else key
    warned = clock.local(row.at).date()
    yield Moved(key, details["words"], was, becomes, reason, warned_on=warned, in_time=details.get("in_time", True))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
