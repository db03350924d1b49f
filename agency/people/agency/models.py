"""The agency's own legal entities, settings with dates, taxes and limits of approval."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agency.kit import journal
from agency.kit.db import Instant, Json, Model, Scaled, Stamped, Versioned
from agency.kit.words import lazy

journal.declare({
    "own_entity.added": lazy("%(who)s added the legal entity %(name)s"),
    "own_entity.changed": lazy("%(who)s changed the legal entity %(name)s"),
    "settings.changed": lazy("%(who)s changed a setting: %(key)s"),
})


class OwnEntity(Versioned, Stamped, Model):
    """A legal entity of the agency: who signs, bills and is named on documents."""

    __tablename__ = "own_entities"
    KIND: ClassVar[str] = "own_entity"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    brand: Mapped[str]
    country: Mapped[str]
    currency: Mapped[str]
    language: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    site: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    requisites: Mapped[Any] = mapped_column(Json, default=dict)
    rounding: Mapped[str] = mapped_column(default="per_rate_total")
    is_default: Mapped[bool] = mapped_column(default=False)
    # The storage key of a PNG or JPEG that heads the documents.
    logo_key: Mapped[str | None]


class Setting(Versioned, Model):
    """One value of one setting, good from a day on."""

    __tablename__ = "settings"
    KIND: ClassVar[str] = "setting"
    __table_args__ = (UniqueConstraint("key", "valid_from"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    # None: the ready-made value holds again.
    value: Mapped[Any | None] = mapped_column(Json, nullable=True)
    valid_from: Mapped[date]
    set_at: Mapped[datetime] = mapped_column(Instant)


class TaxRate(Model):
    """A rate of value added tax in a country, with the days it holds."""

    __tablename__ = "tax_rates"
    KIND: ClassVar[str] = "tax_rate"
    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str]
    code: Mapped[str]
    percent: Mapped[Decimal] = mapped_column(Scaled)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class ApprovalLimit(Versioned, Model):
    """Up to what a role may let a smeta go out: amount (minor units), discount and margin (percent)."""

    __tablename__ = "approval_limits"
    KIND: ClassVar[str] = "approval_limit"
    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    currency: Mapped[str]
    max_gross: Mapped[int | None] = mapped_column(BigInteger)
    max_discount: Mapped[Decimal] = mapped_column(Scaled)
    min_margin: Mapped[Decimal] = mapped_column(Scaled)


class Counter(Model):
    """The last number given out in one series; the row is locked by the unit that takes the next."""

    __tablename__ = "counters"
    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
