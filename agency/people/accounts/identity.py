"""Whoever acts: a plain value read once a request, with everything the policy asks about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agency.kit.db import db
from agency.people.accounts.models import Person

EVERYWHERE = frozenset({"owner", "admin", "finance", "head", "specialist"})


@dataclass(frozen=True)
class LinkScope:
    """What a mailed link lets its holder reach."""

    id: int
    project_id: int | None
    request_id: int | None
    actions: frozenset[str]


@dataclass(frozen=True)
class Actor:
    """A person, the system, or nobody yet.

    `client_ids` are the clients an account manager looks after, or a contact speaks for;
    `project_ids` the projects somebody leads or is on the team of.
    """

    id: int | None
    kind: str
    name: str = ""
    roles: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    client_ids: frozenset[int] = frozenset()
    project_ids: frozenset[int] = frozenset()
    # Those of them whose clients may not be among `client_ids`; None where nobody told them apart.
    apart_ids: frozenset[int] | None = None
    approves_for: frozenset[int] = frozenset()
    finance_of: frozenset[int] = frozenset()
    # Clients whose people a contact may let into the cabinet.
    manages_for: frozenset[int] = frozenset()
    # Pairs of a client and of the approver whom a contact stands in for today.
    stands_for: tuple[tuple[int, int], ...] = ()
    language: str = "ru"
    timezone: str = ""
    theme: str = ""
    letter_keys: bool = True
    # How many notices wait behind the bell.
    unread: int = 0
    session_id: str = ""
    browser: str = ""
    link: LinkScope | None = None
    behalf_id: int | None = field(default=None)

    @property
    def person(self) -> Person | None:
        """The person's row, loaded in the present transaction."""
        return db.session.get(Person, self.id) if self.id else None

    @property
    def other_project_ids(self) -> frozenset[int]:
        """The projects to be named beside `client_ids`: who leads a project has its client there already."""
        return self.project_ids if self.apart_ids is None else self.apart_ids

    @property
    def has_others(self) -> bool:
        """Whether there are such projects."""
        return bool(self.other_project_ids)

    @property
    def is_staff(self) -> bool:
        """Whether this is somebody of the agency."""
        return self.kind == "staff"

    @property
    def sees_all_clients(self) -> bool:
        """Whether the client list is not limited to one's own."""
        return bool(self.roles & EVERYWHERE) or self.kind == "system"

    def deciding_for(self, client_id: int) -> "Actor":
        """The same actor as who decides for a client: on another's behalf, when the own word would not count."""
        whom = dict(self.stands_for).get(client_id)
        return self if whom is None else replace(self, behalf_id=whom)

    def has(self, *roles: str) -> bool:
        """Whether one of the roles is held."""
        return bool(self.roles.intersection(roles))

    # Flask-Login asks these of whoever is signed in.
    is_active = True

    @property
    def is_authenticated(self) -> bool:
        """Whether we know who this is."""
        return self.kind in ("staff", "contact")

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody has signed in."""
        return not self.is_authenticated

    def get_id(self) -> str:
        """The person's id, as Flask-Login wants it."""
        return str(self.id)


NOBODY = Actor(id=None, kind="nobody")


def as_actor(person: Person, **known: Any) -> Actor:
    """A person as an actor, with roles, departments, clients and projects read from the database."""
    from agency.people.accounts import queries

    reach = queries.reach_of(person)
    return Actor(
        id=person.id, kind=person.kind, name=person.name,
        roles=frozenset(role.role for role in person.roles), departments=person.departments,
        language=person.language, timezone=person.timezone, theme=person.theme,
        letter_keys=person.letter_keys, **reach, **known,
    )


def reach_of_contact(says: Mapping[int, str], stood_for: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """The reach of a contact: each client with the letters of rights there, and whom a deputy stands in for."""
    own = {letter: frozenset(id for id, letters in says.items() if letter in letters) for letter in "afm"}
    lent = {int(client): int(whom) for client, whom in stood_for if int(client) in says.keys() - own["a"]}
    return {
        "client_ids": frozenset(says), "approves_for": own["a"] | lent.keys(), "finance_of": own["f"],
        "manages_for": own["m"], "stands_for": tuple(sorted(lent.items())),
    }


def as_arrived(row: Any, **known: Any) -> Actor:
    """The person of a session as an actor, out of the one question that `arrivals` asked."""
    from agency.people.accounts import arrivals

    roles = arrivals.pairs(row.roles)
    if row.kind == "contact":
        spoken = arrivals.pairs(row.speaks_for)
        reach = reach_of_contact({int(client): says for client, says in spoken}, arrivals.pairs(row.stands_for))
    else:
        (led, clients), (deputised, theirs) = arrivals.couples(row.led), arrivals.couples(row.deputised)
        led, clients, teams = [*led, *deputised], [*clients, *theirs], arrivals.numbers(row.teams)
        reach = {
            "client_ids": arrivals.numbers(row.own_clients).union(clients), "project_ids": teams.union(led),
            "apart_ids": teams.difference(led), "unread": row.unread,
        }
    return Actor(
        id=row.id, kind=row.kind, name=row.name, roles=frozenset(role for role, _department in roles),
        departments=frozenset(department for _role, department in roles if department), language=row.language,
        timezone=row.timezone, theme=row.theme, letter_keys=row.letter_keys, session_id=row.session_id,
        **reach, **known,
    )
