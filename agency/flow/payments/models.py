"""Receipts, which only add up and are never edited, and the days clients named for their payments."""

from datetime import date
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.flow.projects.models import OfProject
from agency.flow.smetas.models import PaymentRow
from agency.kit import journal
from agency.kit.db import Model, Stamped, triggers
from agency.kit.words import lazy
from agency.people.accounts.models import Person

journal.declare(
    {
        "payment.received": lazy("%(who)s noted money received: payment %(n)s of estimate %(number)s"),
        "payment.corrected": lazy("%(who)s took back a receipt of payment %(n)s of estimate %(number)s: %(reason)s"),
        "payment.expected": lazy("%(who)s noted when payment %(n)s of estimate %(number)s will come"),
        "payment.late": lazy("Payment %(n)s of estimate %(number)s is late"),
        "payment.very_late": lazy("Payment %(n)s of estimate %(number)s is late by two weeks"),
        "client.reminded": lazy("The client was reminded: %(what)s"),
    },
    for_client={"payment.received": ("n", "number"), "payment.corrected": ("n", "number")},
)


class OfPayment(OfProject):
    """A row beside a payment of an approved estimate."""

    payment_row_id: Mapped[int] = mapped_column(ForeignKey("payment_rows.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))


class Receipt(OfPayment, Stamped, Model):
    """Money that came on a day, in minor units; a correction is a row of its own that takes one back whole."""

    __tablename__ = "receipts"
    KIND: ClassVar[str] = "receipt"
    CONSTRAINTS = (
        CheckConstraint("amount <> 0", name="is_something"),
        CheckConstraint("corrects_id IS NULL OR note <> ''", name="correction_has_reason"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    received_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    # One form brings one receipt, however often it is sent.
    key: Mapped[str] = mapped_column(unique=True)
    # One correction for each receipt.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("receipts.id"), unique=True)
    row: Mapped[PaymentRow] = relationship(foreign_keys="Receipt.payment_row_id")
    by: Mapped[Person] = relationship(foreign_keys="Receipt.by_id")


class Expectation(OfPayment, Stamped, Model):
    """The day on which somebody of the client said that a payment comes; the last one counts."""

    __tablename__ = "expectations"
    KIND: ClassVar[str] = "expectation"
    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    row: Mapped[PaymentRow] = relationship(foreign_keys="Expectation.payment_row_id")
    by: Mapped[Person] = relationship(foreign_keys="Expectation.by_id")


for _verb in ("UPDATE", "DELETE"):
    triggers.guard(Model.metadata, "receipts", _verb, "TRUE", "receipts are append-only")
triggers.guard_whole(Model.metadata, "receipts", "receipts are append-only")
