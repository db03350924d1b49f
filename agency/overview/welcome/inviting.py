"""The people of the fourth question: rows as they were typed, and their invitations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agency.kit import mail
from agency.kit.states import Refused
from agency.kit.web import site_url
from agency.kit.words import Lazy, _, lazy
from agency.people.accounts import emails, operations
from agency.people.accounts.forms import DEPARTMENT_NAMES, ROLE_NAMES
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies
from agency.people.departments import operations as departments

ROWS = 4
ROLES: dict[str, tuple[str, str | None]] = {
    "account_manager": ("account_manager", "account"), "head_creative": ("head", "creative"),
    "head_media": ("head", "media"), "head_production": ("head", "production"),
    "creative": ("specialist", "creative"), "media": ("specialist", "media"),
    "production": ("specialist", "production"), "finance": ("finance", None),
}  # fmt: skip


@dataclass
class Row:
    """One person as typed; `error` is said beside the row."""

    name: str = ""
    email: str = ""
    role: str = "account_manager"
    error: str | Lazy = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.name or self.email)


def role_names() -> dict[str, str]:
    """What each role is called in the choice."""
    return {key: _role(role, code) for key, (role, code) in ROLES.items()}


def _role(role: str, code: str | None) -> str:
    if role == "head" and code:
        return _("Head: %(department)s", department=DEPARTMENT_NAMES[code])
    if role == "specialist" and code:
        return _("Specialist: %(department)s", department=DEPARTMENT_NAMES[code])
    return str(ROLE_NAMES[role])


def heard(sent: Any) -> list[Row]:
    """The rows that were sent."""
    typed = zip(sent.getlist("name"), sent.getlist("email"), sent.getlist("role"), strict=False)
    return [Row(" ".join(name.split())[:120], email.strip()[:254], role) for name, email, role in typed][:ROWS]


def invite(rows: list[Row], *, by: Any) -> list[tuple[Person, str]]:
    """Add and invite everybody typed; raises Refused after marking the row that is wrong."""
    invited = []
    for row in rows:
        if row.is_empty:
            continue
        try:
            invited.append(_invite(row, by))
        except Refused as refused:
            row.error = str(refused.sentence)
            raise
    return invited


def _invite(row: Row, by: Any) -> tuple[Person, str]:
    if not row.name or row.email.count("@") != 1:
        raise Refused(lazy("A name and an e-mail address, please."))
    held = ROLES.get(row.role, ROLES["account_manager"])
    own: Mapping[str, Any] = {"agency": _brand(), "inviter": by.name}
    person = operations.add_person(row.name, row.email, roles=(held,), language=by.language)
    if held[0] == "head" and held[1]:
        departments.name_head(held[1], person)
    token = operations.invite(person, by=by)
    address = site_url(f"/invitations/{token}")
    mail.post(emails.invitation(person, address, token, **own), about=person, by=by)
    return person, address


def _brand() -> str:
    own = agencies.default_entity()
    return own.brand if own else "Agency"
