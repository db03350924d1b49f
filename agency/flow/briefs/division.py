"""The split: one approved client brief becomes briefs of departments, with parts, requirements and craft fields."""

from collections.abc import Iterable
from typing import Any

from agency.flow.briefs import answers, catalogue, filling, operations, queries
from agency.flow.briefs.catalogue import DEPARTMENTS
from agency.flow.briefs.models import Brief, BriefPart, BriefRequirement, PartMark
from agency.flow.briefs.score import GATE
from agency.flow.projects import requirements
from agency.flow.projects.models import Requirement
from agency.kit import journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import _, lazy


def split(brief: Brief, *, by: Any, reason: str = "", departments: Iterable[str] = DEPARTMENTS) -> list[Brief]:
    """Open a draft for each department from the approved client brief; those that exist are left as they are.

    Raises WrongState before the approval, and Refused (field "reason") below the gate without a written reason.
    """
    policy.demand(by, "brief.issue", brief)
    if not brief.is_of_client or brief.state != "approved":
        raise WrongState(lazy("The brief is split once the client has approved it."))
    score = queries.score_of(brief)
    if not score.is_enough and not reason.strip():
        raise Refused(
            _("The brief scores %(score)s of 100, below %(gate)s. Say why it may be split all the same.",
              score=score.total, gate=GATE), "reason",
        )  # fmt: skip
    made = [_open(brief, code, by) for code in departments if queries.newest(brief.project_id, code) is None]
    if made:
        journal.fact(
            "brief.split", about=brief, by=by, number=brief.number, departments=[one.department for one in made],
            score=score.total, reason=reason.strip(),
        )
    return made


def _open(source: Brief, department: str, by: Any) -> Brief:
    kind = catalogue.find(department)
    brief = operations.new_of_department(source.project, kind, source, by)
    filling.lay(brief, kind, _craft(source, kind))
    for part in source.parts:
        if department in (part.departments or ()) and answers.is_answered(part.field, part.value):
            _inherit(brief, part)
    read = [part for part in source.parts if department in (part.departments or ())]
    given = {mark.requirement_id for part in read for mark in part.marks}
    brief.requirements = [
        BriefRequirement(requirement_id=row.id) for row in requirements.of(source.project_id) if row.id in given
    ]
    db.session.flush()
    db.session.refresh(brief)
    journal.fact("brief.opened", about=brief, by=by, number=brief.number)
    return brief


def _craft(source: Brief, kind: catalogue.BriefType) -> dict[str, Any]:
    values = {}
    for field in kind.fields:
        asked = source.kind.field(field.code)
        if asked is not None:
            values[field.code] = answers.fitted(source.answers.get(field.code), asked, field)
    return values


def _inherit(brief: Brief, part: BriefPart) -> None:
    if brief.kind.field(part.key) is not None:
        return  # the craft asks this itself and began with the client's answer
    brief.parts.append(BriefPart(
        key=part.key, ordinal=len(brief.kind.fields) + part.ordinal, value=part.value, departments=[brief.department],
        source_id=part.id, marks=[PartMark(requirement_id=mark.requirement_id) for mark in part.marks],
    ))


def turn_requirement(brief: Brief, requirement: Requirement, *, by: Any) -> None:
    """Hand a requirement to the department, or take it back."""
    _demand_draft(brief, by)
    if requirement.project_id != brief.project_id:
        raise Refused(lazy("This requirement does not belong to the project."), "requirement")
    given = next((row for row in brief.requirements if row.requirement_id == requirement.id), None)
    if given is not None:
        brief.requirements.remove(given)
    else:
        brief.requirements.append(BriefRequirement(requirement_id=requirement.id))
    db.session.flush()


def turn_part(brief: Brief, part: BriefPart, *, by: Any) -> None:
    """Let a part of the client brief into the department's brief, or take it out."""
    _demand_draft(brief, by)
    if part.brief_id != brief.source_id:
        raise Refused(lazy("This part does not belong to the client brief."), "part")
    present = next((one for one in brief.parts if one.source_id == part.id), None)
    if present is not None:
        brief.parts.remove(present)
    elif answers.is_answered(part.field, part.value):
        _inherit(brief, part)
    db.session.flush()


def refresh(brief: Brief, *, by: Any) -> None:
    """Take the client's words over from the newest approved client brief; craft answers stay."""
    _demand_draft(brief, by)
    source = queries.approved(brief.project_id)
    if source is None or source.id == brief.source_id:
        raise WrongState(lazy("There is no newer client brief."))
    brief.source_id = source.id
    for part in [part for part in brief.parts if part.is_inherited]:
        brief.parts.remove(part)
    db.session.flush()
    for part in source.parts:
        if brief.department in (part.departments or ()) and answers.is_answered(part.field, part.value):
            _inherit(brief, part)
    db.session.flush()


def _demand_draft(brief: Brief, by: Any) -> None:
    policy.demand(by, "brief.issue", brief)
    if brief.is_of_client or not brief.is_draft:
        raise WrongState(lazy("This version has been issued and no longer changes."))
