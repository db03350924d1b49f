"""Questions about persons."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Date, Select, bindparam, func, select, text
from sqlalchemy.orm import selectinload

from agency.kit import clock, ids
from agency.kit.db import Among, ask, db, prepared
from agency.kit.words import _, short_name
from agency.people.accounts import arrivals
from agency.people.accounts.identity import reach_of_contact
from agency.people.accounts.models import Invitation, OwnerMatter, Person, PersonRole, SignIn

MATTER_LIVES = timedelta(days=7)


def get(id: int) -> Person | None:
    """A person by id."""
    return db.session.get(Person, id)


def colleague(id: int) -> Person | None:
    """Somebody of the staff who works here now."""
    person = get(id)
    return person if person and person.kind == "staff" and person.is_active else None


def by_email(email: str) -> Person | None:
    """The person with this address, whatever its case."""
    return db.session.scalars(select(Person).where(Person.email == email.strip().casefold())).first()


def one(id: int) -> Person:
    """The person a form chose from a list; raises NoResultFound for any other id."""
    return db.session.get_one(Person, id)


def named(person: Any) -> Any:
    """A way to load a person beside something else, `joinedload(Task.assignee)`, for the name alone."""
    return person.load_only(Person.kind, Person.name, Person.latin_name)


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Short names of persons by id, in one question."""
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    return {id: short_name(name) for id, name in ask(_names(), ids=list(wanted))}


@prepared
def _names() -> Select[int, str]:
    return select(Person.id, Person.name).where(Person.id.in_(Among("ids")))


def acted(name: str | None, behalf: str | None) -> str:
    """Who did something, and of a deputy for whom."""
    return _("%(who)s for %(whom)s", who=name or "", whom=behalf) if behalf else name or ""


def anybody(id: int) -> Person | None:
    """Somebody of the staff, also one who left."""
    person = get(id)
    return person if person and person.kind == "staff" else None


def matter(id: int) -> OwnerMatter | None:
    """A matter of owners by id."""
    return db.session.get(OwnerMatter, id)


def open_matters() -> list[OwnerMatter]:
    """What waits for another owner, the oldest first."""
    since = clock.now() - MATTER_LIVES
    rows = select(OwnerMatter).where(OwnerMatter.settled_at.is_(None), OwnerMatter.asked_at > since)
    return list(db.session.scalars(rows.order_by(OwnerMatter.id)))


def nobody_came_in() -> bool:
    """Whether no member of staff has a password yet: the first owner still has to come."""
    came = select(Person.id).where(Person.kind == "staff", Person.password_hash.is_not(None))
    return db.session.scalar(came.limit(1)) is None


# The tables of the flow belong to rooms above this one, so they are named, not imported.
HANGS_ON = text("""
    SELECT 'clients', COUNT(*) FROM clients WHERE manager_id = :person
    UNION ALL SELECT 'projects', COUNT(*) FROM projects
        WHERE (manager_id = :person OR deputy_id = :person) AND state NOT IN ('closed', 'cancelled')
    UNION ALL SELECT 'tasks', COUNT(*) FROM tasks
        WHERE assignee_id = :person AND state NOT IN ('done', 'cancelled')
    UNION ALL SELECT 'departments', COUNT(*) FROM departments WHERE head_id = :person
""")


def hangs_on(person: Person) -> dict[str, int]:
    """How many clients, going projects, open tasks and departments hang on a person."""
    return {row[0]: row[1] for row in db.session.execute(HANGS_ON, {"person": person.id})}


def staff() -> list[Person]:
    """Everybody who works here, by name."""
    return list(db.session.scalars(
        select(Person).where(Person.kind == "staff", Person.is_active).options(selectinload(Person.roles))
        .order_by(Person.sort_key, Person.id),
    ))


def with_role(role: str, department: str | None = None) -> list[Person]:
    """Active holders of a role, in a department if one is given."""
    rows = select(Person).join(PersonRole).where(PersonRole.role == role, Person.is_active).order_by(Person.id)
    rows = rows.options(selectinload(Person.roles))
    if department:
        rows = rows.where(PersonRole.department == department)
    return list(db.session.scalars(rows))


def in_department(code: str) -> list[Person]:
    """Everybody active who has a role in a department, by name."""
    rows = select(Person).join(PersonRole).where(PersonRole.department == code, Person.is_active)
    rows = rows.options(selectinload(Person.roles))
    return list(db.session.scalars(rows.distinct().order_by(Person.sort_key, Person.id)))


def hands(departments: Iterable[str]) -> dict[str, dict[int, str]]:
    """Everybody active of some departments by department: names by id, in the order of a list; one question."""
    found: dict[str, dict[int, str]] = {code: {} for code in departments}
    for code, id, name in ask(_hands(), departments=list(found)) if found else ():
        found[code][id] = name
    return found


@prepared
def _hands() -> Select[*tuple[Any, ...]]:
    rows = select(PersonRole.department, Person.id, Person.name).join(Person, Person.id == PersonRole.person_id)
    return rows.where(_of_departments(), Person.is_active).order_by(Person.sort_key, Person.id)


def specialists(departments: Iterable[str]) -> dict[str, int]:
    """How many specialists each of some departments has."""
    found = dict.fromkeys(departments, 0)
    return found | dict(ask(_specialists(), departments=list(found)).all()) if found else found


@prepared
def _specialists() -> Select[*tuple[Any, ...]]:
    rows = select(PersonRole.department, func.count()).join(Person, Person.id == PersonRole.person_id)
    return rows.where(_of_departments(), PersonRole.role == "specialist", Person.is_active).group_by(
        PersonRole.department,
    )


def _of_departments() -> Any:
    return PersonRole.department.in_(Among("departments"))


def session_of(secret: str) -> Any:
    """The living session this secret belongs to, with all that `arrivals` knows of its person."""
    row = arrivals.find(ids.digest(secret))
    if row is None or row.ended_at is not None or row.until <= clock.now():
        return None
    return row


def sessions_of(person_id: int) -> list[SignIn]:
    """The sessions of a person that are still open, the one used last first."""
    now = clock.now()
    rows = select(SignIn).where(
        SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.until > now, SignIn.link_id.is_(None),
    )
    return list(db.session.scalars(rows.order_by(SignIn.seen_at.desc()).limit(30)))


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a token that can still be used."""
    row = db.session.scalars(select(Invitation).where(Invitation.token_hash == ids.digest(token))).first()
    return row if row and row.used_at is None and row.until > clock.now() else None


def is_empty() -> bool:
    """Whether nobody works here yet."""
    return db.session.scalar(select(Person.id).where(Person.kind == "staff").limit(1)) is None


# The tables of clients, projects and notices belong to rooms above this one, so they are named, not imported.
REACH_OF_STAFF = text("""
    SELECT 'client', id FROM clients WHERE manager_id = :me
    UNION SELECT 'client', client_id FROM projects WHERE manager_id = :me OR deputy_id = :me
    UNION SELECT 'project', id FROM projects WHERE manager_id = :me OR deputy_id = :me
    UNION SELECT 'project', project_id FROM project_members WHERE person_id = :me
    UNION SELECT 'unread', COUNT(*) FROM notices WHERE person_id = :me AND read_at IS NULL
""")
REACH_OF_CONTACT = text("""
    SELECT client_id, is_approver, is_finance, manages FROM contacts WHERE person_id = :me AND is_active
""")
STOOD_FOR = text("""
    SELECT d.client_id, d.behalf_id FROM deputies d
    JOIN contacts c ON c.client_id = d.client_id AND c.person_id = d.behalf_id AND c.is_active AND c.is_approver
    WHERE d.person_id = :me AND d.ended_at IS NULL AND d.from_on <= :today AND d.until_on >= :today
""").bindparams(bindparam("today", type_=Date))


def reach_of(person: Person) -> dict[str, Any]:
    """The clients and projects a person is bound to, as the actor's fields."""
    if person.kind == "contact":
        rows = db.session.execute(REACH_OF_CONTACT, {"me": person.id}).all()
        stood_for = db.session.execute(STOOD_FOR, {"me": person.id, "today": clock.today()}).all()
        letters = {row[0]: "".join(letter for letter, has in zip("afm", row[1:], strict=True) if has) for row in rows}
        return reach_of_contact(letters, [tuple(row) for row in stood_for])
    found: dict[str, set[int]] = {"client": set(), "project": set(), "unread": set()}
    for kind, id in db.session.execute(REACH_OF_STAFF, {"me": person.id}):
        found[kind].add(id)
    return {
        "client_ids": frozenset(found["client"]), "project_ids": frozenset(found["project"]),
        "unread": max(found["unread"], default=0),
    }
