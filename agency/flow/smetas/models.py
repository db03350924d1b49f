"""Smetas in versions: lines by department, totals, payment rows. Money is in minor units."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.projects.models import OfProject, Project, Requirement
from agency.kit.db import Instant, Model, Scaled, Stamped, Versioned
from agency.people.accounts.models import Person

STATES = (
    "draft", "internal_review", "ready", "sent", "approved", "rejected", "changes_requested",
    "expired", "withdrawn", "superseded",
)


class Smeta(OfProject, Versioned, Stamped, Model):
    """One version of the estimate (or an additional one); frozen from the moment it is sent."""

    __tablename__ = "smetas"
    KIND: ClassVar[str] = "smeta"
    CONSTRAINTS = (UniqueConstraint("project_id", "kind", "n"), UniqueConstraint("id", "client_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="base")
    n: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="draft", index=True)
    title: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    currency: Mapped[str]
    vat_mode: Mapped[str] = mapped_column(default="on_top")
    rounding: Mapped[str] = mapped_column(default="per_line")
    discount_percent: Mapped[Decimal] = mapped_column(Scaled, default=Decimal(0))
    commission_mode: Mapped[str] = mapped_column(default="on_net")
    commission_percent: Mapped[Decimal] = mapped_column(Scaled, default=Decimal(0))
    price_kind: Mapped[str] = mapped_column(default="fixed")
    valid_until: Mapped[date | None]
    terms: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str] = mapped_column(default="")
    net: Mapped[int] = mapped_column(default=0)
    vat: Mapped[int] = mapped_column(default=0)
    gross: Mapped[int] = mapped_column(default=0)
    cost: Mapped[int] = mapped_column(default=0)
    project: Mapped[Project] = relationship(
        foreign_keys="Smeta.project_id", primaryjoin="Smeta.project_id == Project.id",
    )
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    cleared_by: Mapped[Person | None] = relationship(foreign_keys=[cleared_by_id])
    lines: Mapped[list["SmetaLine"]] = relationship(
        back_populates="smeta", order_by="SmetaLine.ordinal", cascade="all, delete-orphan",
    )
    payments: Mapped[list["PaymentRow"]] = relationship(order_by="PaymentRow.ordinal", cascade="all, delete-orphan")


class SmetaLine(Versioned, Model):
    """One work or cost. `lineage` is the same for the same line in every version, to compare them."""

    __tablename__ = "smeta_lines"
    KIND: ClassVar[str] = "smeta_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    smeta_id: Mapped[int] = mapped_column(ForeignKey("smetas.id"), index=True)
    lineage: Mapped[str] = mapped_column(index=True)
    ordinal: Mapped[int]
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    unit: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Scaled)
    cost: Mapped[Decimal] = mapped_column(Scaled, default=Decimal(0))
    price: Mapped[Decimal] = mapped_column(Scaled)
    discount_percent: Mapped[Decimal] = mapped_column(Scaled, default=Decimal(0))
    tax_rate: Mapped[Decimal] = mapped_column(Scaled)
    kind: Mapped[str] = mapped_column(default="own")
    supplier: Mapped[str] = mapped_column(default="")
    is_optional: Mapped[bool] = mapped_column(default=False)
    is_discountable: Mapped[bool] = mapped_column(default=True)
    is_commissionable: Mapped[bool] = mapped_column(default=False)
    client_accepts: Mapped[bool] = mapped_column(default=False)
    rounds: Mapped[int] = mapped_column(default=2)
    estimate_minutes: Mapped[int | None]
    net: Mapped[int] = mapped_column(default=0)
    smeta: Mapped[Smeta] = relationship(back_populates="lines")
    marks: Mapped[list["LineMark"]] = relationship(cascade="all, delete-orphan")


class LineMark(Model):
    """A requirement that a line is there for."""

    __tablename__ = "line_marks"
    __table_args__ = (UniqueConstraint("line_id", "requirement_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("smeta_lines.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id"), index=True)
    requirement: Mapped[Requirement] = relationship()


class PaymentRow(Versioned, Model):
    """One payment of the schedule: a percent of the total or a fixed sum; the last takes the rest."""

    __tablename__ = "payment_rows"
    KIND: ClassVar[str] = "payment_row"
    __table_args__ = (UniqueConstraint("smeta_id", "ordinal"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    smeta_id: Mapped[int] = mapped_column(ForeignKey("smetas.id"), index=True)
    ordinal: Mapped[int]
    percent: Mapped[Decimal | None] = mapped_column(Scaled)
    fixed: Mapped[int | None]
    trigger: Mapped[str] = mapped_column(default="date")
    words: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    amount: Mapped[int] = mapped_column(default=0)
    paid: Mapped[int] = mapped_column(default=0)
    paid_on: Mapped[date | None]
