"""Setting up departments and naming their heads."""

from agency.kit.db import db
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
