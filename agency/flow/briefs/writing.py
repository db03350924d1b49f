"""Work on a draft: its words, bullets, requirement marks and remarks; everything refuses a frozen brief."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from agency.flow.briefs.catalogue import DEPARTMENTS
from agency.flow.briefs.models import Brief, BriefPart, PartMark
from agency.flow.projects import requirements
from agency.flow.projects.models import Requirement
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy

ONE_SITTING = timedelta(minutes=30)
FROZEN = lazy("This version has been sent and no longer changes. Open a new version to go on writing.")


class Conflict(WrongState):
    """Somebody else changed the same words meanwhile; `part` holds theirs."""

    def __init__(self, part: BriefPart) -> None:
        super().__init__(lazy("Somebody else changed these words while you were writing."))
        self.part = part


def save(part: BriefPart, value: Any, edition: int, *, by: Any) -> None:
    """Write an answer typed over `edition`; raises Conflict when the words have changed since."""
    _demand_draft(part.brief, by)
    if part.is_inherited:
        raise WrongState(lazy("These words are the client's. They change in the client brief."))
    if part.value == value:
        return
    if part.edition != edition:
        raise Conflict(part)
    part.value, part.edition = value, part.edition + 1
    _touched(part, by)


def turn(part: BriefPart, department: str, *, by: Any) -> None:
    """Let a part into a department's brief, or keep it out."""
    _demand_draft(part.brief, by)
    if department not in DEPARTMENTS:
        raise Refused(lazy("Choose one of the answers."), "department")
    kept = set(part.departments or ()) ^ {department}
    part.departments = [code for code in DEPARTMENTS if code in kept]
    _touched(part, by)


def add_statement(
    brief: Brief, words: str, *, by: Any, part: BriefPart | None = None, said_by: str = "",
) -> Requirement:
    """Make the client's words a requirement, and mark it beside a part if one is named."""
    _demand_draft(brief, by)
    row = requirements.add(
        brief.project, words, by=by, source="brief", said_by=said_by or _voice(brief), said_on=clock.today(),
    )
    if part is not None:
        link(part, row, by=by)
    return row


def link(part: BriefPart, requirement: Requirement, *, by: Any) -> None:
    """Mark a requirement beside a part; again is no harm."""
    _demand_draft(part.brief, by)
    if requirement.project_id != part.project_id or requirement.dropped_at is not None:
        raise Refused(lazy("This requirement does not belong to the project."), "requirement")
    if all(mark.requirement_id != requirement.id for mark in part.marks):
        part.marks.append(PartMark(requirement_id=requirement.id))
        _touched(part, by)


def unlink(part: BriefPart, requirement: Requirement, *, by: Any) -> None:
    """Take a requirement's mark away from a part."""
    _demand_draft(part.brief, by)
    for mark in [mark for mark in part.marks if mark.requirement_id == requirement.id]:
        part.marks.remove(mark)
        _touched(part, by)


def _voice(brief: Brief) -> str:
    contact = brief.answers.get("contact") or {}
    return str(contact.get("name", ""))


def _demand_draft(brief: Brief, by: Any) -> None:
    policy.demand(by, "brief.edit", brief)
    if not brief.is_draft:
        raise WrongState(FROZEN)


def _touched(part: BriefPart, by: Any) -> None:
    part.edited_by_id, part.edited_at = by.id, clock.now()
    db.session.flush()
    # One fact a sitting: autosave would fill the journal with one for every pause.
    lately = select(Fact.id).where(
        Fact.verb == "brief.edited", Fact.subject_kind == "brief", Fact.subject_id == part.brief_id,
        Fact.actor_id == by.id, Fact.at > clock.now() - ONE_SITTING,
    )
    if db.session.scalar(lately.limit(1)) is None:
        journal.fact("brief.edited", about=part.brief, by=by, number=part.brief.number)
