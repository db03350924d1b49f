"""Smetas in versions: lines by department, totals, payment rows. Money is in minor units."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.projects.models import OfProject, Project, Requirement
from agency.flow.smetas import freezing
from agency.kit import journal
from agency.kit.db import Instant, Model, Scaled, Searched, Stamped, Versioned
from agency.kit.words import lazy
from agency.people.accounts.models import Person

STATES = (
    "draft", "internal_review", "ready", "sent", "approved", "rejected", "changes_requested",
    "expired", "withdrawn", "superseded",
)  # fmt: skip
KINDS = ("base", "additional")
# Of which rows alone an index holds.
ON_BOTH = ("sqlite_where", "postgresql_where")
OPEN_PAYMENT: dict[str, Any] = dict.fromkeys(ON_BOTH, text("paid <> amount"))
WHOLE_PAYMENT: dict[str, Any] = dict.fromkeys(ON_BOTH, text("paid = amount"))
APPROVED_BASE: dict[str, Any] = dict.fromkeys(ON_BOTH, text("kind = 'base' AND state = 'approved'"))
# own work; a supplier's work; media bought and sold on; the client's media money in an agent's scheme; reserve
LINE_KINDS = ("own", "subcontract", "media", "agent", "contingency")
TRIGGERS = ("signing", "date", "milestone", "act")

journal.declare(
    {
        "smeta.created": lazy("%(who)s began estimate %(number)s"),
        "smeta.begun_early": lazy("%(who)s began estimate %(number)s before the brief was ready: %(reason)s"),
        "smeta.edited": lazy("%(who)s edited estimate %(number)s"),
        "smeta.submitted": lazy("%(who)s asked for a second look at estimate %(number)s"),
        "smeta.cleared": lazy("%(who)s let estimate %(number)s go out"),
        "smeta.brought_back": lazy("%(who)s took estimate %(number)s back to work"),
        "smeta.sent": lazy("%(who)s sent estimate %(number)s to the client"),
        "smeta.approved": lazy("%(who)s approved estimate %(number)s"),
        "smeta.rejected": lazy("%(who)s rejected estimate %(number)s"),
        "smeta.changes_asked": lazy("%(who)s asked for changes in estimate %(number)s"),
        "smeta.expired": lazy("Estimate %(number)s is no longer valid"),
        "smeta.withdrawn": lazy("%(who)s withdrew estimate %(number)s"),
        "smeta.superseded": lazy("A newer version replaced estimate %(number)s"),
    },
    for_client=dict.fromkeys(
        ("smeta.sent", "smeta.approved", "smeta.rejected", "smeta.changes_asked", "smeta.withdrawn"),
        ("number", "gross", "currency", "reason", "words"),
    ),
)


class Smeta(OfProject, Searched, Versioned, Stamped, Model):
    """One version of the estimate (or an additional one); frozen from the moment it leaves draft."""

    __tablename__ = "smetas"
    KIND: ClassVar[str] = "smeta"
    SEARCHED_BY: ClassVar[tuple[str, ...]] = ("number", "title")
    CONSTRAINTS = (
        UniqueConstraint("project_id", "kind", "n"),
        UniqueConstraint("id", "client_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint("vat_mode IN ('on_top', 'inside', 'reverse_charge')", name="vat_mode"),
        CheckConstraint("rounding IN ('per_line', 'per_rate_total')", name="rounding"),
        CheckConstraint("commission_mode IN ('none', 'on_net', 'of_gross')", name="commission_mode"),
        CheckConstraint("state <> 'sent' OR (sent_at IS NOT NULL AND content_hash <> '')", name="sent_is_sealed"),
        # Whose decisions are open, and since when; those of some clients, and of some projects.
        Index("ix_smetas_state_sent", "state", "sent_at", "client_id"),
        Index("ix_smetas_client_state", "client_id", "state", "sent_at"),
        Index("ix_smetas_project_state", "project_id", "state", "valid_until"),
        Index("uq_smetas_one_approved_base", "project_id", unique=True, **APPROVED_BASE),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="base")
    n: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="draft")
    title: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    currency: Mapped[str]
    vat_mode: Mapped[str] = mapped_column(default="on_top")
    tax_rate: Mapped[Decimal | None] = mapped_column(Scaled)
    rounding: Mapped[str] = mapped_column(default="per_line")
    discount_percent: Mapped[Decimal] = mapped_column(Scaled, default=Decimal(0))
    commission_mode: Mapped[str] = mapped_column(default="on_net")
    commission_percent: Mapped[Decimal] = mapped_column(Scaled, default=Decimal(0))
    price_kind: Mapped[str] = mapped_column(default="fixed")
    valid_until: Mapped[date | None]
    basis: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("smetas.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    sent_on: Mapped[date | None]
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    reason: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str] = mapped_column(default="")
    net: Mapped[int] = mapped_column(BigInteger, default=0)
    vat: Mapped[int] = mapped_column(BigInteger, default=0)
    gross: Mapped[int] = mapped_column(BigInteger, default=0)
    cost: Mapped[int] = mapped_column(BigInteger, default=0)
    project: Mapped[Project] = relationship(
        foreign_keys="Smeta.project_id", primaryjoin="Smeta.project_id == Project.id",
    )
    based_on: Mapped["Smeta | None"] = relationship(remote_side="Smeta.id", foreign_keys=[based_on_id])
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    edited_by: Mapped[Person | None] = relationship(foreign_keys=[edited_by_id])
    cleared_by: Mapped[Person | None] = relationship(foreign_keys=[cleared_by_id])
    sent_by: Mapped[Person | None] = relationship(foreign_keys=[sent_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    lines: Mapped[list["SmetaLine"]] = relationship(
        foreign_keys="SmetaLine.smeta_id", primaryjoin="SmetaLine.smeta_id == Smeta.id",
        back_populates="smeta", order_by="SmetaLine.ordinal", cascade="all, delete-orphan",
    )
    payments: Mapped[list["PaymentRow"]] = relationship(
        foreign_keys="PaymentRow.smeta_id", primaryjoin="PaymentRow.smeta_id == Smeta.id",
        back_populates="smeta", order_by="PaymentRow.ordinal", cascade="all, delete-orphan",
    )

    @property
    def is_draft(self) -> bool:
        """Whether the version may still be edited."""
        return self.state == "draft"

    @property
    def margin(self) -> int:
        """What is left of the net after the cost, in minor units; never shown to a client."""
        return self.net - self.cost


class OfSmeta:
    """A row of a smeta; the pair (smeta, client) is kept honest by the database."""

    smeta_id: Mapped[int] = mapped_column(index=True)
    client_id: Mapped[int] = mapped_column(index=True)

    @property
    def project_id(self) -> int:
        """The project of the smeta, so that rights by project read the same everywhere."""
        found: int = self.smeta.project_id  # type: ignore[attr-defined]
        return found


class SmetaLine(OfSmeta, Versioned, Model):
    """One work or cost. `lineage` is the same for the same line in every version, to compare them."""

    __tablename__ = "smeta_lines"
    KIND: ClassVar[str] = "smeta_line"
    __table_args__ = (
        ForeignKeyConstraint(["smeta_id", "client_id"], ["smetas.id", "smetas.client_id"]),
        UniqueConstraint("smeta_id", "lineage"),
        CheckConstraint(f"kind IN {LINE_KINDS}", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    lineage: Mapped[str] = mapped_column(index=True)
    ordinal: Mapped[int]
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    unit: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Scaled)
    # Hours typed as 2:20 are kept as minutes, because 2.33 hours would be another sum.
    minutes: Mapped[int | None]
    cost: Mapped[Decimal] = mapped_column(Scaled, default=Decimal(0))
    price: Mapped[Decimal] = mapped_column(Scaled)
    discount_percent: Mapped[Decimal] = mapped_column(Scaled, default=Decimal(0))
    # None stands outside VAT: no VAT at all, or the client's own money in an agent's scheme.
    tax_rate: Mapped[Decimal | None] = mapped_column(Scaled)
    kind: Mapped[str] = mapped_column(default="own")
    supplier: Mapped[str] = mapped_column(default="")
    is_optional: Mapped[bool] = mapped_column(default=False)
    is_discountable: Mapped[bool] = mapped_column(default=True)
    is_commissionable: Mapped[bool] = mapped_column(default=False)
    client_accepts: Mapped[bool] = mapped_column(default=False)
    rounds: Mapped[int] = mapped_column(default=2)
    estimate_minutes: Mapped[int | None]
    net: Mapped[int] = mapped_column(BigInteger, default=0)
    smeta: Mapped[Smeta] = relationship(
        foreign_keys="SmetaLine.smeta_id", primaryjoin="SmetaLine.smeta_id == Smeta.id", back_populates="lines",
    )
    marks: Mapped[list["LineMark"]] = relationship(cascade="all, delete-orphan")
    noted: ClassVar[list[Any] | None] = None  # its requirements as rows, where it is only read

    @property
    def numbers(self) -> list[int]:
        """The numbers of the requirements this line is there for, in order."""
        rows = [mark.requirement for mark in self.marks] if self.noted is None else self.noted
        return sorted(row.n for row in rows)


class LineMark(Model):
    """A requirement that a line is there for."""

    __tablename__ = "line_marks"
    __table_args__ = (UniqueConstraint("line_id", "requirement_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("smeta_lines.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id"), index=True)
    requirement: Mapped[Requirement] = relationship()


class PaymentRow(OfSmeta, Versioned, Model):
    """One payment of the schedule: a percent of the total or a fixed sum; the last takes the rest."""

    __tablename__ = "payment_rows"
    KIND: ClassVar[str] = "payment_row"
    __table_args__ = (
        ForeignKeyConstraint(["smeta_id", "client_id"], ["smetas.id", "smetas.client_id"]),
        UniqueConstraint("smeta_id", "ordinal"),
        CheckConstraint("paid = 0 OR paid_on IS NOT NULL", name="paid_has_day"),
        # What is still to come, by its day; what it adds up to; the oldest of it; and that of some clients alone.
        Index("ix_payment_rows_open", "due_on", "smeta_id", "client_id", "amount", "paid", "owed_in", **OPEN_PAYMENT),
        Index("ix_payment_rows_owed", "owed_in", "due_on", "amount", "paid", **OPEN_PAYMENT),
        Index("ix_payment_rows_open_oldest", "due_on", "id", **OPEN_PAYMENT),
        Index("ix_payment_rows_open_of_client", "client_id", "due_on", "owed_in", "amount", "paid", **OPEN_PAYMENT),
        # What came in full, by its day; and the days of one version.
        Index("ix_payment_rows_whole", "paid_on", **WHOLE_PAYMENT),
        Index("ix_payment_rows_of_smeta", "smeta_id", "due_on", "amount", "paid"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ordinal: Mapped[int]
    percent: Mapped[Decimal | None] = mapped_column(Scaled)
    fixed: Mapped[int | None] = mapped_column(BigInteger)
    trigger: Mapped[str] = mapped_column(default="date")
    words: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(index=True)
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    paid_on: Mapped[date | None]
    # The currency of the estimate from the client's yes on, nothing before: so sums of it ask no estimate.
    owed_in: Mapped[str | None]
    smeta: Mapped[Smeta] = relationship(
        foreign_keys="PaymentRow.smeta_id", primaryjoin="PaymentRow.smeta_id == Smeta.id", back_populates="payments",
    )

    @property
    def left(self) -> int:
        """What is still to come of it."""
        return self.amount - self.paid


freezing.guard(Model.metadata)
