"""What a person decides about a mail that did not surely go out."""

from typing import Any

from agency.attached.mails.models import CAN_BE_CONFIRMED, CAN_BE_SENT_AGAIN
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.mail import Mail, delivery
from agency.kit.queue import ask
from agency.kit.states import WrongState
from agency.kit.words import lazy


def send_again(mail: Mail, by: Any) -> None:
    """Put the same bytes in line once more, under the same Message-ID; raises WrongState."""
    _stand_in(mail, CAN_BE_SENT_AGAIN)
    mail.state, mail.attempts, mail.next_try_at, mail.queued_at = "ready", 0, None, clock.now()
    mail.reason = mail.answer = ""
    journal.fact("mail.sent_again", about=mail, by=by, subject=mail.subject, to=delivery.whom(mail))
    ask("mails.deliver", mail.id)


def confirm(mail: Mail, by: Any) -> None:
    """Somebody knows that it arrived; raises WrongState."""
    _stand_in(mail, CAN_BE_CONFIRMED)
    mail.state, mail.sent_at, mail.reason = "sent", clock.now(), "by_hand"
    delivery.forget_secrets(mail)
    journal.fact("mail.confirmed", about=mail, by=by, subject=mail.subject, to=delivery.whom(mail))


def _stand_in(mail: Mail, states: tuple[str, ...]) -> None:
    # Two people may press at once: the row is read again and held until the unit ends.
    db.session.refresh(mail, with_for_update=True)
    if mail.state not in states:
        raise WrongState(lazy("This mail has moved on in the meantime. Look at it again."))
