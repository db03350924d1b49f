"""The questions asked about briefs; lists keep to what the actor may see."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from agency.flow.briefs.catalogue import DEPARTMENTS, Field
from agency.flow.briefs.completeness import Readiness, asked, readiness
from agency.flow.briefs.models import Brief, BriefPart, BriefRequirement, PartMark
from agency.flow.briefs.score import Score, of_client, of_department
from agency.flow.briefs.speech import sections_of
from agency.flow.projects.models import Project, Requirement
from agency.kit.db import Among, ask, collect, db, note, prepared
from agency.people.accounts.models import Person
from agency.people.accounts.queries import named
from agency.people.clients import queries as clients

SHOWN = ("sent", "approved", "returned", "superseded")


def get(id: int) -> Brief | None:
    """A brief by id, with its parts and their marks."""
    brief = db.session.scalars(_get(), {"brief": id}).first()
    if brief is not None:
        collect([brief], "parts", _parts(brief.is_of_client, whole=True), back="brief")
    return brief


def to_read(id: int) -> Brief | None:
    """A brief by id, with its parts and what the client said beside them, for a page that changes nothing."""
    brief = db.session.scalars(_get(), {"brief": id}).first()
    if brief is not None:
        collect([brief], "parts", _parts(brief.is_of_client, whole=False), back="brief")
        note(brief.parts, "noted", _said())
    return brief


@prepared
def _get() -> Select[Brief]:
    return select(Brief).where(Brief.id == bindparam("brief")).options(
        joinedload(Brief.project).joinedload(Project.client), named(joinedload(Brief.author)),
        named(joinedload(Brief.decided_by)),
    )


@prepared
def _parts(of_client: bool, whole: bool) -> Select[int, BriefPart]:
    """The parts in their order, whole ones with their marks; those of a department with what they inherited."""
    rows = select(BriefPart.brief_id, BriefPart).order_by(BriefPart.ordinal)
    rows = rows.where(BriefPart.brief_id.in_(Among("of")))
    if whole:
        rows = rows.options(joinedload(BriefPart.marks).joinedload(PartMark.requirement))
    return rows if of_client else rows.options(joinedload(BriefPart.source).joinedload(BriefPart.brief))


@prepared
def _said() -> Select[*tuple[Any, ...]]:
    rows = select(PartMark.part_id, Requirement.n, Requirement.words, Requirement.said_by, Requirement.said_on)
    return rows.join(Requirement, Requirement.id == PartMark.requirement_id).where(PartMark.part_id.in_(Among("of")))


def project(project_id: int) -> Project | None:
    """The project whose briefs are asked for."""
    return db.session.get(Project, project_id)


def part(id: int, key: str) -> BriefPart | None:
    """One part of a brief by the code of its field."""
    return db.session.scalars(select(BriefPart).where(BriefPart.brief_id == id, BriefPart.key == key)).first()


def newest(project_id: int, kind: str = "client") -> Brief | None:
    """The newest version of a project's brief of one type."""
    return db.session.scalars(_versions(project_id, kind).limit(1)).first()


def newest_of_all(project_id: int) -> dict[str, Brief | None]:
    """The newest version of each type: client, creative, media, production."""
    found: dict[str, Brief | None] = dict.fromkeys(("client", *DEPARTMENTS))
    rows = select(Brief).where(Brief.project_id == project_id, Brief.type.in_(found)).order_by(Brief.n)
    # A later version takes the place of the one before it.
    return found | {brief.type: brief for brief in db.session.scalars(rows.options(selectinload(Brief.parts)))}


def versions(brief: Brief) -> list[Brief]:
    """Every version of the same brief, the newest first."""
    return list(db.session.scalars(_versions(brief.project_id, brief.type)))


def succession(brief: Brief) -> list[Any]:
    """Every version of the same brief as a list tells it, the newest first: id, number, state and its days."""
    return list(ask(_succession(), project=brief.project_id, type=brief.type))


@prepared
def _succession() -> Select[*tuple[Any, ...]]:
    return (
        select(Brief.id, Brief.number, Brief.state, Brief.created_at, Brief.sent_at, Brief.decided_at)
        .where(Brief.project_id == bindparam("project"), Brief.type == bindparam("type")).order_by(Brief.n.desc())
    )


def approved(project_id: int) -> Brief | None:
    """The client brief that holds: the newest approved version."""
    return db.session.scalars(_versions(project_id, "client").where(Brief.state == "approved").limit(1)).first()


def open_version(project_id: int, kind: str) -> Brief | None:
    """The version of a brief that is not decided yet."""
    is_open = Brief.state.in_(("draft", "sent", "issued"))
    return db.session.scalars(_versions(project_id, kind).where(is_open).limit(1)).first()


def awaiting_client(project_ids: Iterable[int] | None = None) -> list[Brief]:
    """Sent briefs the client has not answered, the longest waiting first; of all projects without ids."""
    return _waiting("sent", project_ids)


def awaiting_head(departments: Iterable[str]) -> list[Brief]:
    """Issued briefs that a head of these departments has not answered, the longest waiting first."""
    rows = select(Brief).where(Brief.state == "issued", Brief.department.in_(list(departments)))
    return list(db.session.scalars(rows.order_by(Brief.sent_at, Brief.id)))


def shown_to_client(project_id: int) -> list[Brief]:
    """The versions a client has been given, the newest first."""
    return list(db.session.scalars(_versions(project_id, "client").where(Brief.state.in_(SHOWN))))


def newest_shown(project_id: int) -> Brief | None:
    """The version a client should look at now."""
    return next(iter(shown_to_client(project_id)), None)


def statements(brief: Brief) -> list[Any]:
    """The client's statements by their number: id, n, words, and whether this brief hands each over."""
    return list(ask(_statements(), project=brief.project_id, brief=brief.id))


@prepared
def _statements() -> Select[*tuple[Any, ...]]:
    handed = (BriefRequirement.requirement_id == Requirement.id) & (BriefRequirement.brief_id == bindparam("brief"))
    return (
        select(Requirement.id, Requirement.n, Requirement.words, BriefRequirement.id.is_not(None).label("is_given"))
        .outerjoin(BriefRequirement, handed)
        .where(Requirement.project_id == bindparam("project"), Requirement.dropped_at.is_(None))
        .order_by(Requirement.n)
    )


def unsorted(brief: Brief, rows: Iterable[Any]) -> list[Any]:
    """Those of the client's statements that no part of the brief carries yet."""
    sorted_in = {mark.requirement_id for part in brief.parts for mark in part.marks}
    return [row for row in rows if row.id not in sorted_in]


def came_back(brief: Brief) -> Any:
    """Who returned the version before this one, and in which words; None when nobody did."""
    return ask(_came_back(), brief=brief.previous_id).first()


@prepared
def _came_back() -> Select[str, str]:
    rows = select(Person.name, Brief.return_words).join(Person, Person.id == Brief.decided_by_id)
    return rows.where(Brief.id == bindparam("brief"), Brief.return_words != "")


def handed_over(brief: Brief) -> list[Any]:
    """The client's statements that a brief hands to its department, by their number: n and words."""
    return list(ask(_handed_over(), brief=brief.id))


@prepared
def _handed_over() -> Select[int, str]:
    return (
        select(Requirement.n, Requirement.words)
        .join(BriefRequirement, BriefRequirement.requirement_id == Requirement.id)
        .where(BriefRequirement.brief_id == bindparam("brief")).order_by(Requirement.n)
    )


def country_of(brief: Brief) -> str:
    """The country whose rules the client's advertising follows."""
    return brief.project.client.country


def asked_fields(brief: Brief) -> list[Field]:
    """The questions of the brief's own type that make sense for its answers."""
    return asked(brief.kind.fields, brief.answers, country_of(brief))


def readiness_of(brief: Brief) -> Readiness:
    """How ready the brief is; what a department inherited needs no answer."""
    return readiness(brief.kind.fields, brief.answers, country_of(brief))


def score_of(brief: Brief, given: int | None = None) -> Score:
    """The brief's score by the visible rules of its type; `given` is how many requirements it hands over, if known."""
    ready = readiness_of(brief)
    if brief.is_of_client:
        return of_client(brief.answers, ready)
    return of_department(ready, len(brief.requirements) if given is None else given)


def readers(brief: Brief) -> list[tuple[Person, bool]]:
    """Whom a sent brief is mailed to, and whether each may decide: those who approve, and the named contact."""
    named = (brief.answers.get("contact") or {}).get("person_id")
    deciders = {row.id for row in clients.approvers(brief.client_id)}
    rows = clients.active_contacts(brief.client_id)
    return [(row.person, row.id in deciders) for row in rows if row.id in deciders or row.person_id == named]


def _versions(project_id: int, kind: str) -> Select[Brief]:
    return select(Brief).where(Brief.project_id == project_id, Brief.type == kind).order_by(Brief.n.desc())


def _waiting(state: str, project_ids: Iterable[int] | None) -> list[Brief]:
    rows = select(Brief).where(Brief.state == state).order_by(Brief.sent_at, Brief.id)
    if project_ids is not None:
        rows = rows.where(Brief.project_id.in_(list(project_ids)))
    return list(db.session.scalars(rows))


def client_face(brief: Brief) -> dict[str, Any]:
    """What a client may see of a version that was sent: their words and ours, nothing of the kitchen."""
    return {
        "id": brief.id, "number": brief.number, "n": brief.n, "state": brief.state, "language": brief.language,
        "title": brief.answers.get("title") or brief.project.name, "hash": brief.content_hash,
        "sections": sections_of(brief), "sent_at": brief.sent_at, "decided_at": brief.decided_at,
        "decided_by": brief.decided_by.name if brief.decided_by and brief.state != "sent" else "",
        "return_words": brief.return_words,
    }
