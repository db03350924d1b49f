"""Client companies, their brands, the people who speak for them, and whom we bill."""

from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Folded, Json, Model, Ordered, Searched, Stamped, Versioned
from agency.kit.words import lazy
from agency.people.accounts.models import Person
from agency.people.agency.models import OwnEntity

journal.declare({
    "client.added": lazy("%(who)s added the client"),
    "client.changed": lazy("%(who)s changed the client's card"),
    "contact.added": lazy("%(who)s added a contact"),
    "contact.changed": lazy("%(who)s changed a contact"),
    "contact.removed": lazy("%(who)s removed a contact"),
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
    search_text: Mapped[str] = mapped_column(Folded, default="", index=True)
    manager: Mapped[Person | None] = relationship(foreign_keys=[manager_id])
    own_entity: Mapped[OwnEntity | None] = relationship()
    brands: Mapped[list["Brand"]] = relationship(order_by="Brand.name")
    contacts: Mapped[list["Contact"]] = relationship(back_populates="client", order_by="Contact.id")
    billing_entities: Mapped[list["BillingEntity"]] = relationship()

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
    is_approver: Mapped[bool] = mapped_column(default=False)
    is_finance: Mapped[bool] = mapped_column(default=False)
    gets_reports: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    client: Mapped[Client] = relationship(back_populates="contacts")
    person: Mapped[Person] = relationship(lazy="joined")


class BillingEntity(Model):
    """A legal entity of the client that agreements and invoices name."""

    __tablename__ = "billing_entities"
    KIND: ClassVar[str] = "billing_entity"
    __table_args__ = (UniqueConstraint("id", "client_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    name: Mapped[str]
    tax_id: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="RU")
    address: Mapped[str] = mapped_column(default="")
    requisites: Mapped[Any] = mapped_column(Json, default=dict)
