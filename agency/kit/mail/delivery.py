"""What a delivery does to a mail's row: take, mark, settle, and what a person may say about it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any, cast

from flask import current_app
from sqlalchemy import Select, func, select, update
from sqlalchemy.engine import CursorResult

from agency.kit import clock, journal
from agency.kit.db import aside, db, db_reading
from agency.kit.mail.models import Mail, MailContent
from agency.kit.mail.transports import Outcome, Parcel, Taken
from agency.kit.queue import SYSTEM

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
OPEN = ("ready", "handing_over")
HOURLY_CAP = 20
WAITS = (30, 120, 600, 1800)


def parcel(mail: Mail) -> Parcel:
    """The mail as its frozen bytes."""
    content = db.session.scalars(_content(mail.id)).one()
    sender = parseaddr(current_app.config["SETTINGS"].mail_from)[1]
    return Parcel(mail.message_id, sender, mail.to_address, content)


def _content(mail_id: int) -> Select[bytes]:
    return select(MailContent.content).where(MailContent.mail_id == mail_id)


def marker(mail_id: int, *, repeatable: bool) -> Callable[[], None]:
    """The second mark: committed just before the hand-over, so that a death after it is known as such."""
    sources = ("ready", "handing_over") if repeatable else ("ready",)

    def mark() -> None:
        waiting = update(Mail).where(Mail.id == mail_id, Mail.state.in_(sources))
        with aside() as session:
            done = session.execute(waiting.values(state="handing_over"))
            if cast("CursorResult[Any]", done).rowcount != 1:
                raise Taken(f"mail {mail_id}")

    return mark


def too_often(mail: Mail) -> bool:
    """Whether this address has had its share of the last hour."""
    return (db.session.scalar(_sent_to(mail.to_address, clock.now() - AN_HOUR)) or 0) >= HOURLY_CAP


def _sent_to(address: str, since: datetime) -> Select[int]:
    return select(func.count()).where(Mail.to_address == address, Mail.state == "sent", Mail.sent_at > since)


def rehearse() -> None:
    """Hand over a mail that is not there: processes forked from this one then know the statements by heart."""
    with db_reading():
        db.session.get(Mail, 0)
        db.session.scalars(_content(0)).first()
        db.session.scalar(_sent_to("", clock.now()))
    with suppress(Taken):
        marker(0, repeatable=False)()


def settle(mail: Mail, outcome: Outcome) -> None:
    """Write what became of a try in the open unit, with its fact; a mail not sent within a day has failed."""
    if mail.state not in OPEN:
        return
    if outcome.state == "later" and clock.now() - mail.queued_at > A_DAY:
        outcome = Outcome("failed", "too_late", outcome.answer)
    wait = WAITS[min(mail.attempts, len(WAITS) - 1)]
    mail.attempts += 1
    mail.reason, mail.answer = outcome.reason, outcome.answer
    if outcome.state == "later":
        mail.state, mail.next_try_at = "ready", clock.now() + timedelta(seconds=wait)
        return
    mail.state, mail.next_try_at = outcome.state, None
    if outcome.state == "sent":
        mail.sent_at = clock.now()
        forget_secrets(mail)
    journal.fact(f"mail.{outcome.state}", about=mail, by=SYSTEM, subject=mail.subject, to=whom(mail))


def whom(mail: Mail) -> str:
    """The recipient as facts name them."""
    return mail.to_name or mail.to_address


def forget_secrets(mail: Mail) -> None:
    """Keep a sent mail without the words that open doors."""
    content = db.session.get(MailContent, mail.id)
    if content is not None and content.kept is not None:
        content.content, content.kept = content.kept, None


def park(error: str, mail_id: int) -> None:
    """The job broke down too often: the mail has failed, or nobody knows when it was already handed over."""
    mail = db.session.get(Mail, mail_id)
    if mail is not None:
        handed = mail.state == "handing_over"
        settle(mail, Outcome("unknown", "no_answer") if handed else Outcome("failed", "broken", error))
