"""A colleague's card, roles and return, as an owner or administrator changes them."""

from collections.abc import Iterable
from typing import Any

from agency.kit import journal, policy
from agency.kit.db import db
from agency.kit.mail.addresses import one_address
from agency.kit.states import Refused
from agency.kit.words import lazy
from agency.people.accounts import operations, owners, queries
from agency.people.accounts.models import ROLES, OwnerMatter, Person, PersonRole

Role = tuple[str, str | None]
CARD = ("name", "email", "position", "phone", "language")


def change_card(person: Person, *, by: Any, **card: str) -> None:
    """Change what CARD names; raises Refused for an address that is taken, whose sessions then end."""
    policy.demand(by, "person.edit", person)
    card["email"] = one_address(card["email"]).casefold()
    other = queries.by_email(card["email"])
    if other is not None and other.id != person.id:
        raise Refused(lazy("Somebody with this address is already here."), "email")
    changed = [name for name in CARD if getattr(person, name) != card[name]]
    if not changed:
        return
    was = {name: getattr(person, name) for name in changed}
    for name in changed:
        setattr(person, name, card[name])
    person.search_text = f"{person.name} {person.email}"
    if "email" in changed and person.id != by.id:
        operations.end_all(person.id)
    db.session.flush()
    journal.fact(
        "person.card_changed", about=person, by=by, was=was, becomes={name: card[name] for name in changed},
    )


def held(person: Person) -> set[Role]:
    """The roles of a person with their departments."""
    return {(row.role, row.department) for row in person.roles}


def set_roles(person: Person, wanted: Iterable[Role], *, by: Any) -> OwnerMatter | None:
    """Give exactly these roles; the owner's one waits for another owner, whose matter is returned.

    Raises Refused (field "roles") without a role, Forbidden for one's own roles and for owners' ones.
    """
    policy.demand(by, "person.roles", person)
    asked = set(wanted)
    if any(role not in ROLES for role, _department in asked):
        raise ValueError("unknown role")
    if not asked:
        raise Refused(lazy("Choose one role at least, or close the access."), "roles")
    now, matter = held(person), None
    plain = {role for role in asked if role[0] != "owner"}
    if ("owner", None) in asked and not person.has("owner"):
        matter = owners.ask("grant", person, by=by)
    elif person.has("owner") and ("owner", None) not in asked:
        matter = owners.ask("withdraw", person, by=by)
    if plain != {role for role in now if role[0] != "owner"}:
        _write(person, plain, by)
    return matter


def _write(person: Person, plain: set[Role], by: Any) -> None:
    was = held(person)
    person.roles[:] = [row for row in person.roles if row.role == "owner" or (row.role, row.department) in plain]
    db.session.flush()
    kept = held(person)
    person.roles += [PersonRole(role=role, department=department) for role, department in sorted(plain - kept, key=str)]
    db.session.flush()
    journal.fact("person.roles_changed", about=person, by=by, was=_told(was), becomes=_told(held(person)))


def _told(roles: set[Role]) -> list[str]:
    return sorted(f"{role}:{department or ''}" for role, department in roles)


def take_back(person: Person, *, by: Any) -> None:
    """Somebody who left works here again, with the roles held, and comes in by a new invitation."""
    policy.demand(by, "person.edit", person)
    if person.is_active:
        return
    person.is_active, person.password_hash = True, None
    db.session.flush()
    journal.fact("person.returned", about=person, by=by)
