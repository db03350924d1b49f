"""The tables of mail: one row a recipient, and its frozen bytes apart so that lists stay light."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from agency.kit import clock, journal
from agency.kit.db import Instant, Model, Stamped
from agency.kit.words import lazy

STATES = ("ready", "handing_over", "sent", "bounced", "failed", "unknown")

journal.declare(
    {
        "mail.sent": lazy("The mail “%(subject)s” was sent to %(to)s"),
        "mail.failed": lazy("The mail “%(subject)s” to %(to)s could not be sent"),
        "mail.unknown": lazy("It is not certain that the mail “%(subject)s” reached %(to)s"),
    }
)

REASONS = {
    "": lazy("Waiting to be sent."),
    "no_server": lazy("The mail server cannot be reached."),
    "no_entry": lazy("The mail server does not let us in. Check the name and password in its address."),
    "later": lazy("The mail server asked us to come back later."),
    "often": lazy("This person already got many mails this hour; it goes out a little later."),
    "refused": lazy("The mail server refused it."),
    "broken": lazy("Sending it broke down several times."),
    "too_late": lazy("It could not be handed over within a day."),
    "no_answer": lazy("The connection broke after the mail was handed over and before it was confirmed."),
    "by_hand": lazy("A person said that it arrived."),
}


class Mail(Model, Stamped):
    """One mail to one recipient, and what became of it."""

    __tablename__ = "mails"
    KIND = "mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    to_name: Mapped[str]
    to_address: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default="ready")
    attempts: Mapped[int] = mapped_column(default=0)
    # The day it has to get through begins here; again when a person sends it again.
    queued_at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(default="")
    # The server's own words, cleaned; shown beside the reason.
    answer: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    by_id: Mapped[int | None]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    client_id: Mapped[int | None] = mapped_column(index=True)
    project_id: Mapped[int | None] = mapped_column(index=True)
    __table_args__ = (
        Index("ix_mails_subject", "subject_kind", "subject_id"),
        Index("ix_mails_state_sent_at", "state", "sent_at"),
        CheckConstraint("state IN ('ready', 'handing_over', 'sent', 'bounced', 'failed', 'unknown')", name="state"),
    )

    def reason_in_words(self) -> str:
        """Why it is as it is, for a person, in the current language."""
        return str(REASONS[self.reason]) if self.reason in REASONS else self.reason


class MailContent(Model):
    """The bytes of a mail, frozen when it was posted; `kept` replaces them once they are sent, if they hold secrets."""

    __tablename__ = "mail_contents"
    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    kept: Mapped[bytes | None] = mapped_column(LargeBinary)
