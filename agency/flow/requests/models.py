"""Requests of clients, with their reply clock and the talk that belongs to them."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit.db import Instant, Model, Stamped, Versioned
from agency.people.accounts.models import Person
from agency.people.clients.models import Brand, Client

STATES = ("new", "in_review", "waiting_client", "qualified", "declined", "on_hold", "duplicate", "spam")


class Request(Versioned, Stamped, Model):
    """What somebody asks for. Until a client is known, company and contact are what was typed."""

    __tablename__ = "requests"
    KIND: ClassVar[str] = "request"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="new", index=True)
    source: Mapped[str]
    language: Mapped[str] = mapped_column(default="ru")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brands.id"))
    contact_person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    company: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    words: Mapped[str]
    budget_words: Mapped[str] = mapped_column(default="")
    deadline_words: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime] = mapped_column(Instant)
    reply_due_at: Mapped[datetime] = mapped_column(Instant, index=True)
    replied_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    hold_until: Mapped[date | None]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"))
    client: Mapped[Client | None] = relationship()
    brand: Mapped[Brand | None] = relationship(foreign_keys=[brand_id])
    contact: Mapped[Person | None] = relationship(foreign_keys=[contact_person_id])
    taken_by: Mapped[Person | None] = relationship(foreign_keys=[taken_by_id])
    messages: Mapped[list["RequestMessage"]] = relationship(order_by="RequestMessage.id")


class RequestMessage(Stamped, Model):
    """A question of ours or an answer of the client about a request."""

    __tablename__ = "request_messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    from_client: Mapped[bool]
    words: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
