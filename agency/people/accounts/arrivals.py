"""Everything a request must know of whoever makes it, in one question: session, person, rights, reach and bell."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, bindparam, case, cast, func, select
from sqlalchemy import literal_column as written

from agency.kit import clock
from agency.kit.db import ask, db, prepared
from agency.people.accounts.models import Person, PersonRole, SignIn
from agency.people.agency import queries as agencies

# Signs stand written in the question: whatever is bound costs a little at each asking, and every request asks.
NOTHING, COLON, APPROVES, PAYS, MANAGES = (written(f"'{sign}'", String) for sign in ("", ":", "a", "f", "m"))
COMMA: Any = written("','", String)
LINK = ("client_id", "project_id", "request_id", "actions", "until", "revoked_at", "address")


def find(digest: str) -> Any:
    """The row of the session with this digest, whether it is still good or not; None when there is none."""
    return ask(_question(), session=digest, today=clock.today()).first()


def numbers(said: str | None) -> frozenset[int]:
    """Ids that the question has joined into one text."""
    return frozenset(map(int, said.split(","))) if said else frozenset()


def couples(said: str | None) -> tuple[list[int], list[int]]:
    """The first and the second ids of pairs of ids that the question has joined into one text."""
    ids = list(map(int, said.replace(":", ",").split(","))) if said else []
    return ids[::2], ids[1::2]


def pairs(said: str | None) -> list[list[str]]:
    """Pairs that the question has joined into one text."""
    return [one.split(":", 1) for one in said.split(",")] if said else []


@prepared
def _question() -> Select[*tuple[Any, ...]]:
    """The question, put together once: its parts hang on the person of the session."""
    # The tables of clients, projects, notices and links belong to rooms above this one, so they are named.
    links = db.metadata.tables["links"]
    return (
        select(
            SignIn.id.label("session_id"), SignIn.link_id, SignIn.seen_at, SignIn.until, SignIn.ended_at,
            Person.id, Person.kind, Person.name, Person.email, Person.is_active, Person.language, Person.timezone,
            Person.theme, Person.letter_keys, *_roles_and_reach(),
            *(links.c[name].label(f"link_{name}") for name in LINK),
            *agencies.front_columns(),
        )
        .select_from(SignIn).join(Person, Person.id == SignIn.person_id)
        .outerjoin(links, links.c.id == SignIn.link_id)
        .where(SignIn.id == bindparam("session"))
    )  # fmt: skip


def _roles_and_reach() -> list[ColumnElement[Any]]:
    clients, projects, members, contacts, notices = (
        db.metadata.tables[name].c for name in ("clients", "projects", "project_members", "contacts", "notices")
    )
    department = func.coalesce(PersonRole.department, NOTHING)
    project = _pair(projects.id, cast(projects.client_id, String))
    says = (
        case((contacts.is_approver, APPROVES), else_=NOTHING) + case((contacts.is_finance, PAYS), else_=NOTHING)
        + case((contacts.manages, MANAGES), else_=NOTHING)
    )
    unread = select(func.count()).where(notices.person_id == Person.id, notices.read_at.is_(None)).scalar_subquery()
    return [
        _joined(_pair(PersonRole.role, department), PersonRole.person_id == Person.id).label("roles"),
        _joined(clients.id, clients.manager_id == Person.id).label("own_clients"),
        # Asked apart, each is told by an index alone.
        _joined(project, projects.manager_id == Person.id).label("led"),
        _joined(project, projects.deputy_id == Person.id).label("deputised"),
        _joined(members.project_id, members.person_id == Person.id).label("teams"),
        _joined(_pair(contacts.client_id, says), contacts.person_id == Person.id, contacts.is_active)
        .label("speaks_for"),
        _stood_for().label("stands_for"),
        unread.label("unread"),
    ]  # fmt: skip


def _stood_for() -> ScalarSelect[Any]:
    """Pairs of a client and of the approver whom this person stands in for today."""
    deputies = db.metadata.tables["deputies"].c
    for_whom = db.metadata.tables["contacts"].alias("for_whom").c
    return _joined(
        _pair(deputies.client_id, cast(deputies.behalf_id, String)),
        deputies.person_id == Person.id, deputies.ended_at.is_(None),
        deputies.from_on <= bindparam("today"), deputies.until_on >= bindparam("today"),
        for_whom.client_id == deputies.client_id, for_whom.person_id == deputies.behalf_id,
        for_whom.is_active, for_whom.is_approver,
    )


def _pair(first: Any, second: Any) -> ColumnElement[str]:
    return cast(first, String) + COLON + second


def _joined(column: Any, *which: ColumnElement[bool]) -> ScalarSelect[Any]:
    said: ColumnElement[str] = cast(column, String)
    return select(func.aggregate_strings(said, COMMA)).where(*which).correlate(Person).scalar_subquery()
