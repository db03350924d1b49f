"""Questions about departments."""

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from agency.kit.db import db, prepared
from agency.people.accounts.models import Person
from agency.people.departments.models import Department


def heads() -> dict[str, Person]:
    """Who heads each department that has a head."""
    rows = select(Department).options(joinedload(Department.head))
    return {row.code: row.head for row in db.session.scalars(rows) if row.head is not None}


def head_of(code: str) -> Person | None:
    """Who heads a department."""
    return db.session.scalars(_head(), {"code": code}).first()


@prepared
def _head() -> Select[Person]:
    return select(Person).join(Department, Department.head_id == Person.id).where(Department.code == bindparam("code"))
