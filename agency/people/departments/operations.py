"""Setting up departments and naming their heads."""

from typing import Any

from agency.kit import journal, policy
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.words import lazy
from agency.people.accounts import roles
from agency.people.accounts.models import Person
from agency.people.departments.models import CODES, Department


def open_all() -> None:
    """Open the departments that are not there yet."""
    for code in CODES:
        if db.session.get(Department, code) is None:
            db.session.add(Department(code=code))
    db.session.flush()


def name_head(code: str, person: Person) -> None:
    """Make a person the head of a department; raises LookupError when there is no such department."""
    department = db.session.get(Department, code)
    if department is None:
        raise LookupError(code)
    department.head_id = person.id


def change_head(code: str, person: Person | None, *, by: Any) -> bool:
    """Name another head, or none; the role goes with the name. Whether anything changed.

    Raises Refused (field: the department's code) for somebody whose roles the actor may not change.
    """
    policy.demand(by, "settings.edit")
    department = db.session.get_one(Department, code)
    before, role = department.head, ("head", code)
    if (before.id if before else None) == (person.id if person else None):
        return False
    touched = [one for one in (before, person) if one is not None]
    if any(not policy.may(by, "person.roles", one) for one in touched):
        raise Refused(lazy("An owner names owners and administrators: ask one."), code)
    department.head_id = person.id if person else None
    if before is not None:
        kept = roles.held(before) - {role}
        roles.set_roles(before, kept or {("specialist", code)}, by=by)
    if person is not None:
        roles.set_roles(person, roles.held(person) | {role}, by=by)
    db.session.flush()
    journal.fact(
        "department.head_named", about=person or before, by=by, department=code,
        was=before.name if before else None, becomes=person.name if person else None,
    )  # fmt: skip
    return True
