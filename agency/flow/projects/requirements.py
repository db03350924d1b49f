"""The client's requirements: marked once by a number that never changes, and never deleted."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from agency.flow.projects.models import Project, Requirement
from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy


def get(id: int) -> Requirement | None:
    """A requirement by id."""
    return db.session.get(Requirement, id)


def of(project_id: int, dropped: bool = False) -> list[Requirement]:
    """The requirements of a project by number, with the dropped ones if asked."""
    rows = select(Requirement).where(Requirement.project_id == project_id).order_by(Requirement.n)
    return list(db.session.scalars(rows if dropped else rows.where(Requirement.dropped_at.is_(None))))


def by_number(project_id: int, n: int) -> Requirement | None:
    """One requirement of a project by its mark's number."""
    return db.session.scalars(
        select(Requirement).where(Requirement.project_id == project_id, Requirement.n == n),
    ).first()


def add(
    project: Project, words: str, *, by: Any, source: str = "request", said_by: str = "", said_on: date | None = None,
) -> Requirement:
    """Write down a statement of the client under the next number; source: request, brief, talk."""
    policy.demand(by, "requirement.edit", project)
    row = Requirement(
        project_id=project.id, client_id=project.client_id, n=_next(project.id), words=_said(words), source=source,
        said_by=said_by, said_on=said_on,
    )
    db.session.add(row)
    db.session.flush()
    journal.fact("requirement.added", about=row, by=by, n=row.n, words=row.words, source=source)
    return row


def reword(requirement: Requirement, words: str, *, by: Any) -> None:
    """Change the words; the mark stays, the old words stay in the journal."""
    policy.demand(by, "requirement.edit", requirement)
    said, was = _said(words), requirement.words
    if requirement.dropped_at is not None:
        raise WrongState(lazy("This requirement was dropped. Write a new one."))
    if said == was:
        return
    requirement.words = said
    db.session.flush()
    journal.fact("requirement.reworded", about=requirement, by=by, n=requirement.n, was=was, words=said)


def drop(requirement: Requirement, reason: str, *, by: Any) -> None:
    """The client no longer wants it; the number is never given to another one."""
    policy.demand(by, "requirement.edit", requirement)
    if requirement.dropped_at is not None:
        raise WrongState(lazy("This requirement was dropped already."))
    if not reason.strip():
        raise Refused(lazy("Please say this in a few words."), "reason")
    requirement.dropped_at = clock.now()
    db.session.flush()
    journal.fact("requirement.dropped", about=requirement, by=by, n=requirement.n, reason=reason.strip())


def _said(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise Refused(lazy("Write down what the client said."), "words")
    return said


def _next(project_id: int) -> int:
    return (db.session.scalar(select(func.max(Requirement.n)).where(Requirement.project_id == project_id)) or 0) + 1
