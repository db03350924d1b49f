"""Why a task is there: what the department's brief says where the task's own requirements stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from agency.flow.briefs import catalogue
from agency.flow.briefs.answers import is_answered
from agency.flow.briefs.catalogue import Field
from agency.flow.briefs.models import Brief, BriefPart, PartMark
from agency.flow.briefs.speech import Answer, SaidMark, answer
from agency.flow.projects.models import Requirement
from agency.flow.tasks.models import Task
from agency.kit.db import ask, prepared
from agency.kit.words import mark

MOST = 3
# The one sentence a maker needs when no part carries the task's own requirements.
CORE = ("task", "smp", "key_message", "why", "insight", "business_problem")


@dataclass(frozen=True)
class Why:
    """The brief that is in force for a task and the answers that matter here."""

    brief_id: int
    number: str
    answers: tuple[Answer, ...]


@dataclass
class _Part:
    """An answer of the brief with the requirements beside it: id, number, words, who said them and when."""

    field: Field
    value: Any
    marks: list[Any] = field(default_factory=list)

    def told(self) -> Answer:
        said = (SaidMark(mark(row.n), row.words, row.said_by, row.said_on) for row in self.marks)
        return answer(self.field, self.value, marks=tuple(said))


def of(task: Task) -> Why | None:
    """The answers of the department's issued brief (else of the approved client brief) that touch the task."""
    rows = ask(_in_force(), project=task.project_id, department=task.department).all()
    if not rows:
        return None
    wanted, parts = {one.requirement_id for one in task.marks}, list(_answered(rows))
    found = [part for part in parts if any(row.requirement_id in wanted for row in part.marks)]
    found = found or [part for part in parts if part.field.code in CORE] or parts
    return Why(rows[0].id, rows[0].number, tuple(part.told() for part in found[:MOST]))


def _answered(rows: Iterable[Any]) -> Iterable[_Part]:
    parts: dict[str, _Part] = {}
    for row in rows:
        asked = catalogue.find(row.type, row.type_version).field(row.key) if row.key else None
        if asked is None or not is_answered(asked, row.value):
            continue
        part = parts.setdefault(row.key, _Part(asked, row.value))
        if row.requirement_id is not None:
            part.marks.append(row)
    return parts.values()


@prepared
def _in_force() -> Select[*tuple[Any, ...]]:
    """The parts of the one brief, each as often as it has marks; inherited ones answer the client's questions."""
    source, origin = aliased(BriefPart), aliased(Brief)
    of_department = (Brief.department == bindparam("department")) & Brief.state.in_(("issued", "accepted"))
    of_client = Brief.department.is_(None) & (Brief.state == "approved")
    chosen = (
        select(Brief.id).where(Brief.project_id == bindparam("project"), of_department | of_client)
        .order_by(Brief.department.is_(None), Brief.n.desc()).limit(1).scalar_subquery()
    )  # fmt: skip
    return (
        select(
            Brief.id, Brief.number, func.coalesce(origin.type, Brief.type).label("type"),
            func.coalesce(origin.type_version, Brief.type_version).label("type_version"), BriefPart.key,
            BriefPart.value, PartMark.requirement_id, Requirement.n, Requirement.words, Requirement.said_by,
            Requirement.said_on,
        ).outerjoin(BriefPart, BriefPart.brief_id == Brief.id)
        .outerjoin(source, source.id == BriefPart.source_id).outerjoin(origin, origin.id == source.brief_id)
        .outerjoin(PartMark, PartMark.part_id == BriefPart.id)
        .outerjoin(Requirement, Requirement.id == PartMark.requirement_id)
        .where(Brief.id == chosen).order_by(BriefPart.ordinal, Requirement.n)
    )  # fmt: skip
