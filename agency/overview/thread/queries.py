"""Everything that carries a requirement's mark, and what carries none."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, bindparam, select, type_coerce
from sqlalchemy.orm import contains_eager, joinedload

from agency.flow.briefs.models import Brief, BriefPart, BriefRequirement, PartMark
from agency.flow.projects.models import Requirement
from agency.flow.reports.models import Report
from agency.flow.smetas.models import LineMark, Smeta, SmetaLine
from agency.flow.tasks.models import Delivery, Task, TaskMark
from agency.kit.db import Among, collect, db, prepared

MARK = bindparam("requirement")


def get(project_id: int, n: int) -> Requirement | None:
    """The requirement with mark n of a project."""
    return db.session.scalars(_get(), {"project": project_id, "n": n}).first()


@prepared
def _get() -> Select[Requirement]:
    return select(Requirement).where(Requirement.project_id == bindparam("project"), Requirement.n == bindparam("n"))


@dataclass(frozen=True)
class Thread:
    """What carries the mark, in the order of the work."""

    parts: list[BriefPart]
    briefs: list[Brief]
    lines: list[SmetaLine]
    tasks: list[Task]
    reports: list[Report]


def of(requirement: Requirement) -> Thread:
    """The whole thread of a requirement, six questions whatever its length."""

    def all_of(question: Select[Any]) -> list[Any]:
        return list(db.session.scalars(question, {"requirement": requirement.id}))

    tasks = all_of(_tasks())
    collect(tasks, "deliveries", _deliveries())
    return Thread(all_of(_parts()), all_of(_briefs()), all_of(_lines()), tasks, _told_in(requirement))


@prepared
def _parts() -> Select[BriefPart]:
    return (
        select(BriefPart).join(PartMark, PartMark.part_id == BriefPart.id).join(Brief, Brief.id == BriefPart.brief_id)
        .where(PartMark.requirement_id == MARK, Brief.state.not_in(("superseded", "returned", "withdrawn")))
        .options(contains_eager(BriefPart.brief)).order_by(Brief.id, BriefPart.ordinal)
    )


@prepared
def _briefs() -> Select[Brief]:
    return (
        select(Brief).join(BriefRequirement, BriefRequirement.brief_id == Brief.id)
        .where(BriefRequirement.requirement_id == MARK, Brief.state != "superseded").order_by(Brief.id)
    )


@prepared
def _lines() -> Select[SmetaLine]:
    over = ("superseded", "rejected", "changes_requested", "expired", "withdrawn")
    return (
        select(SmetaLine).join(LineMark, LineMark.line_id == SmetaLine.id).join(Smeta, Smeta.id == SmetaLine.smeta_id)
        .where(LineMark.requirement_id == MARK, Smeta.state.not_in(over))
        .options(contains_eager(SmetaLine.smeta)).order_by(Smeta.id, SmetaLine.ordinal)
    )


@prepared
def _tasks() -> Select[Task]:
    return (
        select(Task).join(TaskMark, TaskMark.task_id == Task.id)
        .where(TaskMark.requirement_id == MARK, Task.state != "cancelled")
        .options(joinedload(Task.assignee)).order_by(Task.due_on, Task.id)
    )


@prepared
def _deliveries() -> Select[int, Delivery]:
    rows = select(Delivery.task_id, Delivery).where(Delivery.task_id.in_(Among("of")))
    return rows.order_by(Delivery.task_id, Delivery.n)


def _told_in(requirement: Requirement) -> list[Report]:
    """Sent reports of the project whose lines carry the mark."""
    found = db.session.scalars(_reports(), {"project": requirement.project_id})
    return [report for report in found if carries(report.computed, requirement.n)]


@prepared
def _reports() -> Select[Report]:
    # Years of reports are not read for marks that none of them holds.
    has_marks = type_coerce(Report.computed, String).contains('"marks":', autoescape=True)
    rows = select(Report).where(Report.project_id == bindparam("project"), Report.state == "sent", has_marks)
    return rows.order_by(Report.n)


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
