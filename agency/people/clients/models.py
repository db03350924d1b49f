"""Client companies, their brands, the people who speak for them, and whom we bill."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Folded, Instant, Json, Model, Ordered, Searched, Stamped, Versioned
from agency.kit.words import lazy, lazy_in
from agency.people.accounts.models import Person
from agency.people.agency import requisites
from agency.people.agency.models import OwnEntity

# Where a nuance is shown to whoever works there, and never to the client.
PLACES = {
    "brief": lazy_in("nuance", "in briefs"), "estimate": lazy_in("nuance", "in estimates"),
    "report": lazy_in("nuance", "in reports"),
}

# Whom the client's own people may let into the cabinet.
INVITES = {
    "nobody": lazy_in("invites", "nobody: we add people ourselves"),
    "viewers": lazy_in("invites", "colleagues who look and ask"),
    "approvers": lazy_in("invites", "colleagues who look, ask and approve"),
}

journal.declare({
    "client.added": lazy("%(who)s added the client"),
    "client.changed": lazy("%(who)s changed the client's card"),
    "contact.added": lazy("%(who)s added a contact"),
    "contact.changed": lazy("%(who)s changed a contact"),
    "contact.removed": lazy("%(who)s removed a contact"),
    "contact.invited": lazy("%(who)s invited %(whom)s into the client’s portal"),
    "client.cabinet_ruled": lazy("%(who)s changed what the client may do in the portal"),
    "deputy.named": lazy("%(who)s named a deputy: %(whom)s, from %(from_on)s until %(until_on)s"),
    "deputy.ended": lazy("%(who)s ended the time of the deputy %(whom)s"),
    "billing_entity.added": lazy("%(who)s added the legal entity %(name)s"),
    "billing_entity.changed": lazy("%(who)s changed the legal entity %(name)s"),
    "billing_entity.archived": lazy("%(who)s put the legal entity %(name)s away"),
    "billing_entity.restored": lazy("%(who)s took the legal entity %(name)s back"),
    "nuance.added": lazy("%(who)s wrote down a nuance: %(words)s"),
    "nuance.changed": lazy("%(who)s changed a nuance: %(words)s"),
    "nuance.dropped": lazy("%(who)s struck out a nuance: %(words)s"),
})


class Client(Ordered, Searched, Versioned, Stamped, Model):
    """A company we work for; `code` begins the numbers of its projects."""

    __tablename__ = "clients"
    KIND: ClassVar[str] = "client"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="RU")
    language: Mapped[str] = mapped_column(default="ru")
    currency: Mapped[str] = mapped_column(default="RUB")
    timezone: Mapped[str] = mapped_column(default="")
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    own_entity_id: Mapped[int | None] = mapped_column(ForeignKey("own_entities.id"))
    invites: Mapped[str] = mapped_column(default="viewers")
    search_text: Mapped[str] = mapped_column(Folded, default="", index=True)
    manager: Mapped[Person | None] = relationship(foreign_keys=[manager_id])
    own_entity: Mapped[OwnEntity | None] = relationship()
    brands: Mapped[list["Brand"]] = relationship(order_by="Brand.name")
    contacts: Mapped[list["Contact"]] = relationship(back_populates="client", order_by="Contact.id")
    billing_entities: Mapped[list["BillingEntity"]] = relationship(order_by="BillingEntity.id", back_populates="client")
    nuances: Mapped[list["Nuance"]] = relationship(
        order_by="Nuance.id", back_populates="client",
        primaryjoin="(Nuance.client_id == Client.id) & Nuance.dropped_at.is_(None)",
    )

    @property
    def client_id(self) -> int:
        """The client itself, so that rights by client read the same everywhere."""
        return self.id


class Brand(Model):
    """A brand of a client."""

    __tablename__ = "brands"
    __table_args__ = (UniqueConstraint("id", "client_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    name: Mapped[str]


class Contact(Versioned, Stamped, Model):
    """A person who speaks for a client, and what that person may do there."""

    __tablename__ = "contacts"
    KIND: ClassVar[str] = "contact"
    __table_args__ = (UniqueConstraint("client_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    position: Mapped[str] = mapped_column(default="")
    # When and how this person likes to be reached.
    reach: Mapped[str] = mapped_column(default="")
    is_approver: Mapped[bool] = mapped_column(default=False)
    is_finance: Mapped[bool] = mapped_column(default=False)
    gets_reports: Mapped[bool] = mapped_column(default=True)
    # May see colleagues in the cabinet, invite one, and name a deputy.
    manages: Mapped[bool] = mapped_column(default=False)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    is_active: Mapped[bool] = mapped_column(default=True)
    client: Mapped[Client] = relationship(back_populates="contacts")
    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])
    invited_by: Mapped[Person | None] = relationship(foreign_keys=[invited_by_id])


class Deputy(Stamped, Model):
    """A contact who decides for another one of the same client, from day to day; the days rule, no job does."""

    __tablename__ = "deputies"
    KIND: ClassVar[str] = "deputy"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="days_in_order"),
        CheckConstraint("person_id <> behalf_id", name="another_person"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    behalf_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    client: Mapped[Client] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    behalf: Mapped[Person] = relationship(foreign_keys=[behalf_id])

    def stands(self, today: date) -> bool:
        """Whether these days count today."""
        return self.ended_at is None and self.from_on <= today <= self.until_on

    def is_over(self, today: date) -> bool:
        """Whether nothing of it is still to come."""
        return self.ended_at is not None or self.until_on < today


class BillingEntity(Versioned, Model):
    """A legal entity of the client that agreements and invoices name; one put away is offered nowhere any more."""

    __tablename__ = "billing_entities"
    KIND: ClassVar[str] = "billing_entity"
    __table_args__ = (UniqueConstraint("id", "client_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    name: Mapped[str]
    country: Mapped[str] = mapped_column(default="RU")
    address: Mapped[str] = mapped_column(default="")
    requisites: Mapped[Any] = mapped_column(Json, default=dict)
    archived_at: Mapped[datetime | None] = mapped_column(Instant)
    client: Mapped[Client] = relationship(back_populates="billing_entities")

    @property
    def tax_number(self) -> str:
        """The number by which the tax office knows it."""
        return requisites.tax_number(self.country, self.requisites)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Names and values of its requisites."""
        return requisites.said(self.country, self.requisites)


class Nuance(Versioned, Stamped, Model):
    """What one must know of a client while working for it, and where it is shown; `places` are keys of PLACES."""

    __tablename__ = "client_nuances"
    KIND: ClassVar[str] = "nuance"
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    words: Mapped[str]
    places: Mapped[Any] = mapped_column(Json, default=list)
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)
    client: Mapped[Client] = relationship(back_populates="nuances")
