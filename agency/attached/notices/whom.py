"""The people behind the words of the rules: the manager, the head, the assignee of what a fact is about.

Rooms above this one are known by their records' kinds and columns, never imported.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from agency.attached.notices.rules import RULES
from agency.kit import policy
from agency.kit.db import KINDS, db
from agency.kit.journal import Fact
from agency.people.accounts import queries as persons
from agency.people.accounts.identity import as_actor
from agency.people.accounts.models import Person
from agency.people.departments import queries as departments

Ids = Iterable[int | None]


def record(kind: str, id: int | None) -> Any:
    """A record by its kind and id, or None."""
    return db.session.get(KINDS[kind], id) if kind in KINDS and id is not None else None


def place_of(fact: Fact) -> Any:
    """The record to open: what the fact is about, and of a remark or a file what it hangs on."""
    subject = record(fact.subject_kind, fact.subject_id)
    if subject is not None and fact.subject_kind in ("comment", "file"):
        return _of_delivery(record(subject.subject_kind, subject.subject_id))
    return _of_delivery(subject)


def told_of(fact: Fact) -> list[Person]:
    """Everybody of the agency who should know of a fact, may see what it is about, and did not cause it."""
    rule, place = RULES.get(fact.verb), place_of(fact)
    if rule is None or place is None:
        return []
    cause = persons.get(fact.actor_id) if fact.actor_id else None
    names = rule.to + (rule.from_client if cause is None or cause.kind == "contact" else ())
    ids = {id for name in names for id in WHOM[name](fact, place)} - {None, fact.actor_id}
    found = db.session.scalars(select(Person).where(Person.id.in_(ids), Person.is_active, Person.kind == "staff"))
    return [person for person in found if policy.sees(as_actor(person), place)]


def _of_delivery(found: Any) -> Any:
    return record("task", found.task_id) if found is not None and found.KIND == "delivery" else found


def _project(fact: Fact) -> Any:
    return record("project", fact.project_id)


def _manager(fact: Fact, place: Any) -> Ids:
    lead = _project(fact) or record("client", fact.client_id)
    return [lead.manager_id if lead is not None else None]


def _deputy(fact: Fact, place: Any) -> Ids:
    return [getattr(_project(fact), "deputy_id", None)]


def _team(fact: Fact, place: Any) -> Ids:
    project = _project(fact)
    return [member.person_id for member in project.members] if project is not None else []


def _watchers(fact: Fact, place: Any) -> Ids:
    known = getattr(place, "taken_by_id", None) or next(iter(_manager(fact, place)), None)
    return [known] if known else [person.id for person in persons.with_role("account_manager")]


def _head(fact: Fact, place: Any) -> Ids:
    code = getattr(place, "department", None)
    if not code:
        return []
    named = departments.head_of(code)
    return [*(person.id for person in persons.with_role("head", code)), named.id if named else None]


def _account_heads(fact: Fact, place: Any) -> Ids:
    named = departments.head_of("account")
    return [*(person.id for person in persons.with_role("head", "account")), named.id if named else None]


def _talkers(fact: Fact, place: Any) -> Ids:
    talk = db.metadata.tables["comments"].c
    rows = select(talk.person_id).where(talk.subject_kind == place.KIND, talk.subject_id == place.id).distinct()
    return db.session.scalars(rows).all()


def _named(*columns: str) -> Callable[[Fact, Any], Ids]:
    return lambda _fact, place: [getattr(place, column, None) for column in columns]


def _holding(role: str) -> Callable[[Fact, Any], Ids]:
    return lambda _fact, _place: [person.id for person in persons.with_role(role)]


WHOM: dict[str, Callable[[Fact, Any], Ids]] = {
    "manager": _manager, "deputy": _deputy, "team": _team, "watchers": _watchers, "head": _head, "talkers": _talkers,
    "assignee": _named("assignee_id"), "author": _named("author_id", "made_by_id"), "asker": _named("asked_by_id"),
    "sender": _named("by_id"), "account_heads": _account_heads,
    "owners": _holding("owner"), "finance": _holding("finance"),
}  # fmt: skip
