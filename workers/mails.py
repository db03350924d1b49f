"""Handing mails over, one job a mail."""

from collections.abc import Callable, Generator

from agency.kit import clock
from agency.kit.db import db
from agency.kit.mail import Mail, delivery
from agency.kit.mail.transports import Outcome, Taken, transport
from agency.kit.queue import ask, job


@job("mail", when_failed=delivery.park)
def deliver(mail_id: int) -> Generator[Callable[[], Outcome], Outcome, None]:
    """Hand one mail over, or say why not; a try that died after its mark is left to a person."""
    mail = db.session.get(Mail, mail_id)
    if mail is None or mail.state not in delivery.OPEN:
        return
    way = transport()
    parcel, mark = delivery.parcel(mail), delivery.marker(mail.id, repeatable=way.repeatable)
    died_before = mail.state == "handing_over" and not way.repeatable
    often = delivery.too_often(mail)

    def hand_over() -> Outcome:
        if died_before:
            return Outcome("unknown", "no_answer")
        if often:
            return Outcome("later", "often")
        try:
            return way.hand_over(parcel, mark)
        except Taken:
            return Outcome("unknown", "no_answer")

    outcome = yield hand_over
    delivery.settle(mail, outcome)
    if mail.state == "ready":
        ask("mails.deliver", mail.id, run_at=mail.next_try_at or clock.now())
