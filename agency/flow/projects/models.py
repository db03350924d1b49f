"""Projects, who works on them, and the stages the client is told about."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from agency.flow.requests.models import Request
from agency.kit.db import Instant, Model, Stamped, Versioned
from agency.people.accounts.models import Person
from agency.people.agency.models import OwnEntity
from agency.people.clients.models import BillingEntity, Brand, Client

STATES = ("planned", "active", "on_hold", "closing", "closed", "cancelled")


class OfProject:
    """A row of a project; the pair (project, client) is kept honest by the database."""

    project_id: Mapped[int] = mapped_column(index=True)
    client_id: Mapped[int] = mapped_column(index=True)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        """Tie the client to the project's client, and add the table's own constraints."""
        tie = ForeignKeyConstraint(["project_id", "client_id"], ["projects.id", "projects.client_id"])
        return (tie, *getattr(cls, "CONSTRAINTS", ()))


class Project(Versioned, Stamped, Model):
    """One piece of client work, from the qualified request to the last payment."""

    __tablename__ = "projects"
    KIND: ClassVar[str] = "project"
    __table_args__ = (
        UniqueConstraint("id", "client_id"),
        ForeignKeyConstraint(["brand_id", "client_id"], ["brands.id", "brands.client_id"]),
        ForeignKeyConstraint(["billing_entity_id", "client_id"], ["billing_entities.id", "billing_entities.client_id"]),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="planned", index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    brand_id: Mapped[int | None] = mapped_column()
    billing_entity_id: Mapped[int | None] = mapped_column()
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"), unique=True)
    own_entity_id: Mapped[int] = mapped_column(ForeignKey("own_entities.id"))
    manager_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    language: Mapped[str]
    currency: Mapped[str]
    budget: Mapped[int | None]
    budget_has_vat: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    hold_side: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    report_weekday: Mapped[int] = mapped_column(default=4)
    search_text: Mapped[str] = mapped_column(default="", index=True)
    client: Mapped[Client] = relationship(foreign_keys=[client_id])
    brand: Mapped[Brand | None] = relationship(foreign_keys=[brand_id], primaryjoin="Project.brand_id == Brand.id")
    billing_entity: Mapped[BillingEntity | None] = relationship(
        foreign_keys=[billing_entity_id], primaryjoin="Project.billing_entity_id == BillingEntity.id",
    )
    request: Mapped[Request | None] = relationship()
    own_entity: Mapped[OwnEntity] = relationship()
    manager: Mapped[Person] = relationship(foreign_keys=[manager_id])
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])
    stages: Mapped[list["ProjectStage"]] = relationship(order_by="ProjectStage.ordinal")
    members: Mapped[list["Member"]] = relationship()

    @property
    def project_id(self) -> int:
        """The project itself, so that rights by project read the same everywhere."""
        return self.id


class Member(OfProject, Model):
    """A colleague on the team of a project."""

    __tablename__ = "project_members"
    CONSTRAINTS = (UniqueConstraint("project_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    person: Mapped[Person] = relationship()


class ProjectStage(OfProject, Versioned, Model):
    """A stage of the project in the client's words, planned and forecast."""

    __tablename__ = "project_stages"
    KIND: ClassVar[str] = "project_stage"
    CONSTRAINTS = (UniqueConstraint("project_id", "ordinal"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int]
    name: Mapped[str]
    planned_on: Mapped[date]
    forecast_on: Mapped[date]
    started_on: Mapped[date | None]
    done_on: Mapped[date | None]


class Requirement(OfProject, Versioned, Stamped, Model):
    """A statement of the client, marked for good as number n of the project (T4, in Russian Т4)."""

    __tablename__ = "requirements"
    KIND: ClassVar[str] = "requirement"
    CONSTRAINTS = (UniqueConstraint("project_id", "n"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    words: Mapped[str]
    source: Mapped[str] = mapped_column(default="request")
    said_by: Mapped[str] = mapped_column(default="")
    said_on: Mapped[date | None]
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)
