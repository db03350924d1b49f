"""Why a task is there: what the department's brief says where the task's own requirements stand."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from agency.flow.briefs.answers import is_answered
from agency.flow.briefs.models import Brief, BriefPart, PartMark
from agency.flow.briefs.speech import Answer, answer_of
from agency.flow.tasks.models import Task
from agency.kit.db import db

MOST = 3
# The one sentence a maker needs when no part carries the task's own requirements.
CORE = ("task", "smp", "key_message", "why", "insight", "business_problem")


@dataclass(frozen=True)
class Why:
    """The brief that is in force for a task and the answers that matter here."""

    brief: Brief
    answers: tuple[Answer, ...]


def of(task: Task) -> Why | None:
    """The answers of the department's issued brief (else of the approved client brief) that touch the task."""
    brief = _in_force(task)
    if brief is None:
        return None
    marked = {mark.requirement_id for mark in task.marks}
    parts = [part for part in brief.parts if is_answered(part.field, part.value)]
    found = [part for part in parts if _touches(part, marked)] or [part for part in parts if part.key in CORE]
    return Why(brief, tuple(answer_of(part) for part in (found or parts)[:MOST]))


def _in_force(task: Task) -> Brief | None:
    rows = select(Brief).where(
        Brief.project_id == task.project_id,
        ((Brief.department == task.department) & Brief.state.in_(("issued", "accepted")))
        | (Brief.department.is_(None) & (Brief.state == "approved")),
    ).options(
        selectinload(Brief.parts).options(
            joinedload(BriefPart.marks).joinedload(PartMark.requirement),
            joinedload(BriefPart.source).joinedload(BriefPart.brief),
        ),
    )  # fmt: skip
    briefs = list(db.session.scalars(rows.order_by(Brief.department.is_(None), Brief.n.desc())))
    return briefs[0] if briefs else None


def _touches(part: BriefPart, marked: Collection[int]) -> bool:
    return any(mark.requirement_id in marked for mark in part.marks)
