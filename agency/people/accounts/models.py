"""Persons, what they may do, and the sessions they are signed in with."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Folded, Instant, Model, Ordered, Searched, Stamped, Versioned
from agency.kit.words import lazy, short_name
from agency.people.accounts import browsers

ROLES = ("owner", "admin", "account_manager", "head", "specialist", "finance")

journal.declare({
    "person.card_changed": lazy("%(who)s changed a colleague’s card"),
    "person.roles_changed": lazy("%(who)s changed a colleague’s roles"),
    "person.returned": lazy("%(who)s opened a colleague’s access again"),
    "person.matter_asked": lazy("%(who)s asked another owner to confirm a matter of owners"),
    "person.matter_confirmed": lazy("%(who)s confirmed a matter of owners"),
    "person.matter_dropped": lazy("%(who)s dropped a matter of owners"),
    "person.invited": lazy("%(who)s invited a colleague"),
    "person.dismissed": lazy("%(who)s closed a colleague’s access"),
    "person.joined": lazy("%(who)s set a password and came in"),
    "person.signed_in": lazy("%(who)s signed in"),
    "person.signed_out": lazy("%(who)s signed out everywhere"),
    "person.changed": lazy("%(who)s changed the own profile"),
    "person.password_changed": lazy("%(who)s changed the own password"),
    "person.others_signed_out": lazy("%(who)s signed out everywhere else"),
})


class Person(Ordered, Searched, Versioned, Stamped, Model):
    """A member of staff, a client's contact, or the system itself."""

    __tablename__ = "persons"
    KIND: ClassVar[str] = "person"
    # The staff by name, without a look at all the contacts of clients.
    __table_args__ = (Index("ix_persons_kind_name", "kind", "is_active", "sort_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    # How clients who read Latin letters see the name; empty means the spelling of passports.
    latin_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="ru")
    timezone: Mapped[str] = mapped_column(default="")
    theme: Mapped[str] = mapped_column(default="")
    # Single letters as keys; WCAG 2.1.4 wants that they can be switched off.
    letter_keys: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    search_text: Mapped[str] = mapped_column(Folded, default="", index=True)
    roles: Mapped[list["PersonRole"]] = relationship(cascade="all, delete-orphan")

    @property
    def short_name(self) -> str:
        """Initial and surname, as in "В. Лапина"."""
        return short_name(self.name)

    @property
    def departments(self) -> frozenset[str]:
        """Codes of the departments where the person has a role."""
        return frozenset(role.department for role in self.roles if role.department)

    def has(self, role: str) -> bool:
        """Whether the person holds a role."""
        return any(held.role == role for held in self.roles)


class PersonRole(Model):
    """One role of one person, in a department where the role has one."""

    __tablename__ = "person_roles"
    __table_args__ = (UniqueConstraint("person_id", "role", "department"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    role: Mapped[str]
    department: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))


class SignIn(Model):
    """A session: whoever shows its secret is this person, until it ends. Only the digest is kept."""

    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("links.id", use_alter=True))
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    # When the password was typed once more in this session, before something weighty.
    proven_at: Mapped[datetime | None] = mapped_column(Instant)
    browser: Mapped[str] = mapped_column(default="")
    person: Mapped[Person] = relationship()

    @property
    def browser_name(self) -> str:
        """The browser and the system, as a person calls them."""
        return browsers.called(self.browser)


class Invitation(Stamped, Model):
    """A link by which a person sets a password, once. Only the digest of its token is kept."""

    __tablename__ = "invitations"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    until: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship()


class OwnerMatter(Model):
    """What one owner wants about an owner and another one has to confirm: a role given or taken, a last day."""

    __tablename__ = "owner_matters"
    KIND: ClassVar[str] = "owner_matter"
    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    outcome: Mapped[str] = mapped_column(default="")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
