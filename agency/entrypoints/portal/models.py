"""Links by which a client comes in without an account. Only a digest of each token is kept."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.kit import journal
from agency.kit.db import Instant, Json, Model, Stamped
from agency.kit.words import lazy
from agency.people.accounts.models import Person

journal.declare({
    "link.made": lazy("A link was made for the client"),
    "link.revoked": lazy("%(who)s revoked a client's link"),
})


class Link(Stamped, Model):
    """A mailed link: one person, one project, some actions, until a day; it can be revoked.

    `address` is where it was mailed to: once the person has another address, or speaks for the client no more, the
    link opens nothing.
    """

    __tablename__ = "links"
    KIND: ClassVar[str] = "link"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    address: Mapped[str] = mapped_column(default="")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"))
    actions: Mapped[Any] = mapped_column(Json, default=list)
    target: Mapped[str] = mapped_column(default="/portal")
    until: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship()


class Opening(Model):
    """A client looked at something: shown as "opened", never used as proof."""

    __tablename__ = "openings"
    __table_args__ = (
        Index("ix_openings_subject", "subject_kind", "subject_id"), Index("ix_openings_client", "client_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("links.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
