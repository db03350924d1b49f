"""The four departments, known by their codes; their names and letters come from the translation."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Model
from agency.kit.words import lazy, lazy_in

if TYPE_CHECKING:
    from agency.people.accounts.models import Person

journal.declare({
    "department.head_named": lazy("%(who)s named the head of a department"),
})

CODES = ("creative", "media", "production", "account")
NAMES = {
    "creative": lazy_in("department", "Creative"),
    "media": lazy_in("department", "Media"),
    "production": lazy_in("department", "Production"),
    "account": lazy_in("department", "Client service"),
}
LETTERS = {
    "creative": lazy_in("department letter", "C"),
    "media": lazy_in("department letter", "M"),
    "production": lazy_in("department letter", "P"),
    "account": lazy_in("department letter", "A"),
}
# The printing ink of each department, as the stylesheet names it.
INKS = {"creative": "cre", "media": "med", "production": "pro", "account": "key"}


class Department(Model):
    """A department and the person who heads it."""

    __tablename__ = "departments"
    code: Mapped[str] = mapped_column(primary_key=True)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", use_alter=True))
    head: Mapped["Person | None"] = relationship("Person", foreign_keys=[head_id])
