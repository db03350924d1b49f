"""Questions about departments."""

from typing import NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from agency.kit.db import ask, db, prepared
from agency.kit.words import short_name
from agency.people.accounts.models import Person
from agency.people.departments.models import Department


def heads() -> dict[str, Person]:
    """Who heads each department that has a head."""
    rows = select(Department).options(joinedload(Department.head))
    return {row.code: row.head for row in db.session.scalars(rows) if row.head is not None}


class Head(NamedTuple):
    """Who heads a department, by name."""

    id: int
    name: str

    @property
    def short_name(self) -> str:
        """Initial and surname."""
        return short_name(self.name)


def head_of(code: str) -> Head | None:
    """Who heads a department."""
    found = ask(_head(), code=code).first()
    return Head(*found) if found else None


@prepared
def _head() -> Select[int, str]:
    rows = select(Person.id, Person.name).join(Department, Department.head_id == Person.id)
    return rows.where(Department.code == bindparam("code"))
