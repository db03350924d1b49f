"""Questions about links and openings, and the moves of dates that a client is told of."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, func, select, union_all
from sqlalchemy.orm import joinedload

from agency.entrypoints.portal.models import Link, Opening
from agency.flow.briefs.models import Brief
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Delivery, Task
from agency.kit import journal
from agency.kit.db import KINDS, Among, ask, db, prepared
from agency.kit.words import short_name
from agency.people.accounts import queries as persons
from agency.people.accounts.models import Person
from agency.people.clients import queries as clients

OPENED_KINDS = ("project", "brief", "smeta", "task", "report")
MOVED = ("project.stage_moved", "project.dates_moved", "task.due_moved")
LATEST = 5


def project(id: int) -> Project | None:
    """The project whose page is asked for."""
    return projects.whole(id)


def of_project(kind: str, project_id: int, id: int) -> Any:
    """A record of a project by its kind and id, or None when it hangs on another project."""
    found = db.session.get(KINDS[kind], id)
    return found if found is not None and found.project_id == project_id else None


def own_manager(actor: Any) -> Person | None:
    """Who looks after the client a contact speaks for."""
    client = clients.get(min(actor.client_ids)) if actor.client_ids else None
    return client.manager if client is not None else None


def links_of(project: Project) -> list[Link]:
    """Links that lead to a project, the newest first."""
    rows = select(Link).where(Link.project_id == project.id).options(joinedload(Link.person))
    return list(db.session.scalars(rows.order_by(Link.id.desc())))


def task_of(file: Any) -> int | None:
    """The task whose version a file is, if it is one's."""
    if file.subject_kind != Delivery.KIND:
        return file.subject_id if file.subject_kind == Task.KIND else None
    found = db.session.get(Delivery, file.subject_id)
    return found.task_id if found is not None else None


def link(project_id: int, id: int) -> Link | None:
    """A link of a project."""
    found = db.session.get(Link, id)
    return found if found is not None and found.project_id == project_id else None


def opened(kind: str, id: int) -> Any:
    """The record that a page says was opened, or None."""
    return db.session.get(KINDS[kind], id) if kind in OPENED_KINDS else None


def client_openings(record: Any) -> list[dict[str, Any]]:
    """Who of the client opened a record and when last: to be shown, never to prove anything."""
    return [
        {"who": short_name(name), "at": at} for name, at in ask(_client_openings(), kind=record.KIND, id=record.id)
    ]


@prepared
def _client_openings() -> Select[*tuple[Any, ...]]:
    return (
        select(Person.name, func.max(Opening.at)).join(Person, Person.id == Opening.person_id)
        .where(Opening.subject_kind == bindparam("kind"), Opening.subject_id == bindparam("id"))
        .group_by(Person.id, Person.name).order_by(func.max(Opening.id).desc())
    )


def what_was_opened(project: Project) -> list[dict[str, Any]]:
    """The last openings of a project's papers by its client, the newest first."""
    rows = select(Opening).where(Opening.client_id == project.client_id).order_by(Opening.id.desc()).limit(200)
    found = [(row, opened(row.subject_kind, row.subject_id)) for row in db.session.scalars(rows)]
    mine = [(row, record) for row, record in found if record is not None and record.project_id == project.id][:20]
    names = persons.names(row.person_id for row, _record in mine)
    return [{"who": names.get(row.person_id, ""), "what": record, "at": row.at} for row, record in mine]


def waiting(client_ids: Collection[int], project_ids: Collection[int]) -> Counter[int]:
    """How many briefs, estimates and public versions wait for their client in each project."""
    asked = {"clients": list(client_ids), "projects": list(project_ids)}
    return Counter(row.project_id for row in ask(_waiting(), **asked))


@prepared
def _waiting() -> CompoundSelect[int]:
    here = Among("projects")
    brief = select(Brief.project_id).where(Brief.project_id.in_(here), Brief.state == "sent")
    smeta = select(Smeta.project_id).where(
        Smeta.client_id.in_(Among("clients")), Smeta.sent_at.is_not(None), Smeta.state == "sent",
    )
    version = select(Task.project_id).where(Task.project_id.in_(here), Task.state == "client_review", Task.is_public)
    return union_all(brief, smeta, version)


def moved_dates(project_id: int) -> list[dict[str, Any]]:
    """The last dates that moved and that the client was told of, each with its reason."""
    told = (_move(fact) for fact in ask(_moved_dates(), project=project_id))
    # Dates that were named for the first time have moved from nowhere.
    return [move for move in told if move["was"] not in (None, move["becomes"])][:LATEST]


@prepared
def _moved_dates() -> Select[*tuple[Any, ...]]:
    fact = journal.Fact
    rows = select(fact.verb, fact.details).where(
        fact.project_id == bindparam("project"), fact.audience == "client", fact.verb.in_(MOVED),
    )
    return rows.order_by(fact.id.desc()).limit(3 * LATEST)


def _move(fact: Any) -> dict[str, Any]:
    told = journal.client_details(fact)
    was, becomes = _one_day(told.get("was")), _one_day(told.get("becomes"))
    return {
        "what": told.get("name") or told.get("title") or "", "was": was, "becomes": becomes,
        "reason": told.get("reason", ""),
    }


def _one_day(value: Any) -> date | None:
    # A project's own dates move together; what the client asks about is the end.
    return _day(value.get("ends_on") or value.get("starts_on")) if isinstance(value, dict) else _day(value)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
