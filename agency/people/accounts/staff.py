"""The list of colleagues: who works here or has left, found by name, address or department, page by page."""

from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from agency.kit.db import ask, prepared
from agency.kit.db.paging import Leaf, Listing, Stretch, Turn
from agency.kit.db.typed import holding, typed
from agency.people.accounts.arrivals import pairs
from agency.people.accounts.models import ROLES, Person, PersonRole


class Colleague(NamedTuple):
    """One of the staff as the list shows them; `held` are the roles as the question has joined them."""

    id: int
    name: str
    position: str
    email: str | None
    has_come: bool
    held: str | None

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The roles with their departments, "" where a role has none, the weightiest first."""
        found = [(role, department) for role, department in pairs(self.held)]
        return sorted(found, key=lambda one: (ROLES.index(one[0]), one[1]))

    def has(self, role: str) -> bool:
        """Whether the person holds a role."""
        return any(held == role for held, _department in self.roles)


def listed(turn: Turn, text: str = "", department: str = "", has_left: bool = False) -> Leaf[Colleague]:
    """A page of those who work here, or of those who have left, by name."""
    names = typed(text)
    listing = _listing(has_left, bool(department), tuple(names))
    return listing.leaf(turn, Colleague, department=department, **names)


@prepared
def _listing(has_left: bool, of_department: bool, named: tuple[str, ...]) -> Listing:
    person, role = Person, PersonRole
    held = select(func.aggregate_strings(role.role + ":" + func.coalesce(role.department, ""), ",")).where(
        role.person_id == person.id,
    ).correlate(person).scalar_subquery()
    rows = select(person.id, person.name, person.position, person.email, person.password_hash.is_not(None), held)
    rows = rows.where(_is_staff(has_left), *holding(person.search_text, named))
    if of_department:
        posts = select(role.person_id).where(role.department == bindparam("department"))
        rows = rows.where(person.id.in_(posts))
    return Listing(rows, Stretch((person.sort_key, person.id)))


def _is_staff(has_left: bool) -> Any:
    return (Person.kind == "staff") & (~Person.is_active if has_left else Person.is_active)


def how_many() -> int:
    """How many people work here."""
    return int(ask(_how_many()).scalar_one())


@prepared
def _how_many() -> Select[int]:
    return select(func.count()).select_from(Person).where(_is_staff(has_left=False))
