"""What is done about owners: two of them agree when there are two; the last one stays."""

from typing import Any

from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import lazy
from agency.people.accounts import operations, queries
from agency.people.accounts.models import OwnerMatter, Person, PersonRole

VERBS = ("grant", "withdraw", "dismiss")


def ask(verb: str, person: Person, *, by: Any) -> OwnerMatter | None:
    """Do it at once while there is one owner; else let it wait for another one and return the matter.

    Raises Refused for the last owner, Forbidden for anybody but an owner.
    """
    policy.demand(by, "person.name_owner")
    owners = {one.id for one in queries.with_role("owner")}
    if verb != "grant" and owners <= {person.id}:
        raise Refused(lazy("This is the only owner. Name another one first."))
    if len(owners) < 2:
        _carry_out(verb, person, by)
        return None
    waiting = [one for one in queries.open_matters() if (one.verb, one.person_id) == (verb, person.id)]
    if waiting:
        return waiting[0]
    matter = OwnerMatter(verb=verb, person_id=person.id, asked_by_id=by.id, asked_at=clock.now())
    db.session.add(matter)
    db.session.flush()
    journal.fact("person.matter_asked", about=person, by=by, matter=verb, matter_id=matter.id)
    return matter


def confirm(matter: OwnerMatter, *, by: Any) -> None:
    """Another owner agrees, and it is done. Raises Refused for whoever asked, WrongState when it is settled."""
    _demand_open(matter, by)
    if by.id == matter.asked_by_id:
        raise Refused(lazy("Another owner confirms this: two people agree about owners."))
    owners = {one.id for one in queries.with_role("owner")}
    if matter.verb != "grant" and owners <= {matter.person_id}:
        raise Refused(lazy("This is the only owner. Name another one first."))
    _settle(matter, "confirmed", by)
    _carry_out(matter.verb, matter.person, by)


def drop(matter: OwnerMatter, *, by: Any) -> None:
    """It is not wanted any more, or another owner says no."""
    _demand_open(matter, by)
    _settle(matter, "dropped", by)


def dismiss(person: Person, *, by: Any) -> OwnerMatter | None:
    """The last day of a colleague; of an owner only when another owner agrees. Raises Refused for oneself."""
    policy.demand(by, "person.dismiss", person)
    if person.id == by.id:
        raise Refused(lazy("Nobody closes the own access: ask another owner or administrator."))
    if person.has("owner"):
        return ask("dismiss", person, by=by)
    operations.end_work(person, by=by)
    return None


def _demand_open(matter: OwnerMatter, by: Any) -> None:
    policy.demand(by, "person.name_owner")
    if matter.settled_at is not None or clock.now() - matter.asked_at > queries.MATTER_LIVES:
        raise WrongState(lazy("This is settled already, or it waited longer than a week. Ask anew."))


def _settle(matter: OwnerMatter, outcome: str, by: Any) -> None:
    matter.settled_at, matter.settled_by_id, matter.outcome = clock.now(), by.id, outcome
    db.session.flush()
    journal.fact(f"person.matter_{outcome}", about=matter.person, by=by, matter=matter.verb, matter_id=matter.id)


def _carry_out(verb: str, person: Person, by: Any) -> None:
    if verb == "dismiss":
        operations.end_work(person, by=by)
        return
    held = [(row.role, row.department) for row in person.roles]
    if verb == "grant" and not person.has("owner"):
        person.roles.append(PersonRole(role="owner"))
    if verb == "withdraw":
        person.roles[:] = [row for row in person.roles if row.role != "owner"]
    db.session.flush()
    now = [(row.role, row.department) for row in person.roles]
    journal.fact("person.roles_changed", about=person, by=by, was=_plain(held), becomes=_plain(now))


def _plain(roles: list[tuple[str, str | None]]) -> list[str]:
    return sorted(f"{role}:{department or ''}" for role, department in roles)
