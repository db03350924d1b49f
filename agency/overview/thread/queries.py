"""Everything that carries a requirement's mark, and what carries none."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from agency.flow.briefs.models import Brief, BriefPart, BriefRequirement, PartMark
from agency.flow.projects.models import Requirement
from agency.flow.reports.models import Report
from agency.flow.smetas.models import LineMark, Smeta, SmetaLine
from agency.flow.tasks.models import Task, TaskMark
from agency.kit.db import db


def get(project_id: int, n: int) -> Requirement | None:
    """The requirement with mark n of a project."""
    return db.session.scalars(
        select(Requirement).where(Requirement.project_id == project_id, Requirement.n == n),
    ).first()


@dataclass(frozen=True)
class Thread:
    """What carries the mark, in the order of the work."""

    parts: list[BriefPart]
    briefs: list[Brief]
    lines: list[SmetaLine]
    tasks: list[Task]
    reports: list[Report]


def of(requirement: Requirement) -> Thread:
    """The whole thread of a requirement, five questions whatever its length."""
    return Thread(
        _parts(requirement), _briefs(requirement), _lines(requirement), _tasks(requirement), _reports(requirement),
    )


def _parts(requirement: Requirement) -> list[BriefPart]:
    rows = (
        select(BriefPart).join(PartMark, PartMark.part_id == BriefPart.id).join(Brief, Brief.id == BriefPart.brief_id)
        .where(PartMark.requirement_id == requirement.id, Brief.state.not_in(("superseded", "returned", "withdrawn")))
        .options(contains_eager(BriefPart.brief)).order_by(Brief.id, BriefPart.ordinal)
    )
    return list(db.session.scalars(rows))


def _briefs(requirement: Requirement) -> list[Brief]:
    rows = (
        select(Brief).join(BriefRequirement, BriefRequirement.brief_id == Brief.id)
        .where(BriefRequirement.requirement_id == requirement.id, Brief.state != "superseded").order_by(Brief.id)
    )
    return list(db.session.scalars(rows))


def _lines(requirement: Requirement) -> list[SmetaLine]:
    over = ("superseded", "rejected", "changes_requested", "expired", "withdrawn")
    rows = (
        select(SmetaLine).join(LineMark, LineMark.line_id == SmetaLine.id).join(Smeta, Smeta.id == SmetaLine.smeta_id)
        .where(LineMark.requirement_id == requirement.id, Smeta.state.not_in(over))
        .options(contains_eager(SmetaLine.smeta)).order_by(Smeta.id, SmetaLine.ordinal)
    )
    return list(db.session.scalars(rows))


def _tasks(requirement: Requirement) -> list[Task]:
    rows = (
        select(Task).join(TaskMark, TaskMark.task_id == Task.id)
        .where(TaskMark.requirement_id == requirement.id, Task.state != "cancelled")
        .options(joinedload(Task.assignee), selectinload(Task.deliveries)).order_by(Task.due_on, Task.id)
    )
    return list(db.session.scalars(rows))


def _reports(requirement: Requirement) -> list[Report]:
    """Sent reports of the project whose lines carry the mark."""
    rows = select(Report).where(Report.project_id == requirement.project_id, Report.state == "sent").order_by(Report.n)
    return [report for report in db.session.scalars(rows) if carries(report.computed, requirement.n)]


def carries(value: Any, n: int) -> bool:
    """Whether a frozen report speaks of mark n: somewhere in it stands a list of marks that holds it."""
    if isinstance(value, dict):
        marks = value.get("marks")
        return (isinstance(marks, list) and n in marks) or any(carries(inner, n) for inner in value.values())
    if isinstance(value, list):
        return any(carries(inner, n) for inner in value)
    return False


@dataclass(frozen=True)
class Orphans:
    """Wishes nobody works on, and work nobody wished for."""

    requirements: list[Requirement]
    tasks: list[Task]


def orphans(project_id: int) -> Orphans:
    """Requirements without a task, and tasks of the approved work without a requirement."""
    wished = select(TaskMark.requirement_id).join(Task, Task.id == TaskMark.task_id).where(Task.state != "cancelled")
    marked = select(TaskMark.task_id)
    return Orphans(
        list(db.session.scalars(
            select(Requirement).where(
                Requirement.project_id == project_id, Requirement.dropped_at.is_(None), Requirement.id.not_in(wished),
            ).order_by(Requirement.n),
        )),
        list(db.session.scalars(
            select(Task).where(
                Task.project_id == project_id, Task.state != "cancelled", Task.department != "account",
                Task.id.not_in(marked),
            ).order_by(Task.id),
        )),
    )
