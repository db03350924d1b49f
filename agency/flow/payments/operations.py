"""What is done about payments: money noted, a note taken back, the day the client named."""

from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from agency.flow.payments import ledger, queries
from agency.flow.payments.models import Expectation, Receipt
from agency.flow.smetas.models import PaymentRow
from agency.kit import clock, ids, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused, WrongState
from agency.kit.words import _, day, lazy, money

LONGEST = 300


def receive(
    row: PaymentRow, amount: int | None = None, on: date | None = None, *, by: Any, note: str = "", key: str = "",
) -> Receipt:
    """Note money that came, all that is left unless an amount in minor units is given; one `key`, one receipt."""
    policy.demand(by, "payment_row.settle", row)
    if (found := queries.by_key(key, row)) is not None:
        return found
    received_on = on or clock.today()
    _check(row, row.left if amount is None else amount, received_on)
    receipt = Receipt(
        payment_row_id=row.id, project_id=row.project_id, client_id=row.client_id, by_id=by.id, row=row,
        amount=row.left if amount is None else amount, received_on=received_on, note=_short(note),
        key=key or ids.token(),
    )
    if (other := _keep(receipt)) is not receipt:
        return other
    _recount(row)
    _tell("payment.received", row, by, audience="client", amount=receipt.amount, on=received_on.isoformat())
    return receipt


def _check(row: PaymentRow, amount: int, on: date) -> None:
    if row.smeta.state != "approved":
        raise WrongState(lazy("Payments are marked once the client has approved the estimate."))
    if not row.left:
        raise WrongState(lazy("This payment has come in full already."))
    if on > clock.today():
        raise Refused(lazy("Money cannot have come tomorrow: name the day it came."), "received_on")
    if not ledger.fits(amount, row.left):
        left = money(row.left, row.smeta.currency)
        raise Refused(_("Of this payment %(left)s is left. Note the rest beside the next one.", left=left), "amount")


def _keep(receipt: Receipt) -> Receipt:
    """Write the receipt, or answer the one that the same form brought at the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(receipt)
    except IntegrityError:
        found = queries.by_key(receipt.key, receipt.row)
        if found is None:
            raise
        return found
    return receipt


def correct(receipt: Receipt, reason: str, *, by: Any) -> Receipt:
    """Take a receipt back by a row of its own, with the reason; the receipt itself stays as it was noted."""
    policy.demand(by, "payment_row.settle", receipt.row)
    if receipt.corrects_id is not None or queries.correction_of(receipt) is not None:
        raise WrongState(lazy("This receipt was taken back already."))
    if not reason.strip():
        raise Refused(lazy("Say why it is taken back."), "reason")
    row = receipt.row
    back = Receipt(
        payment_row_id=row.id, project_id=row.project_id, client_id=row.client_id, by_id=by.id, row=row,
        amount=-receipt.amount, received_on=clock.today(), note=_short(reason), corrects_id=receipt.id,
        key=f"back {receipt.id}",
    )
    db.session.add(back)
    db.session.flush()
    _recount(row)
    _tell("payment.corrected", row, by, audience="client", amount=back.amount, reason=back.note)
    return back


def _recount(row: PaymentRow) -> None:
    """Carry the sum of receipts, and the day of the last one that stands, to the payment they belong to."""
    receipts = queries.receipts_of(row)
    taken_back = {one.corrects_id for one in receipts}
    standing = [one for one in receipts if one.corrects_id is None and one.id not in taken_back]
    row.paid = sum(one.amount for one in receipts)
    row.paid_on = max((one.received_on for one in standing), default=None)
    db.session.flush()


def expect(row: PaymentRow, on: date, words: str = "", *, by: Any) -> Expectation:
    """Write down the day on which the client says that the payment comes; until then nobody reminds."""
    policy.demand(by, "payment_row.expect", row)
    if row.smeta.state != "approved" or not row.left:
        raise WrongState(lazy("This payment has come in full already."))
    if on < clock.today():
        raise Refused(lazy("This day has passed. Choose today or a later one."), "day")
    said = Expectation(
        payment_row_id=row.id, project_id=row.project_id, client_id=row.client_id, by_id=by.id, day=on,
        words=_short(words), row=row,
    )
    db.session.add(said)
    db.session.flush()
    _tell("payment.expected", row, by, on=on.isoformat(), words=said.words)
    return said


def remind(row: PaymentRow, step: str, *, by: Any) -> None:
    """Note that the client is reminded of a payment; raises Refused while that would be rude."""
    policy.demand(by, "payment_row.remind", row)
    expected = queries.expected_on(row)
    if row.smeta.state != "approved" or not row.left:
        raise WrongState(lazy("This payment has come in full already."))
    if expected is not None and expected >= clock.today():
        raise Refused(_("The client named %(day)s. Until then nobody reminds.", day=day(expected)))
    reminded = queries.reminded(row)
    if any(clock.local(fact.at).date() == clock.today() for fact in reminded):
        raise Refused(lazy("The client was reminded today. Once a day is enough."))
    what = f"{money(row.left, row.smeta.currency)}, {row.smeta.number}"
    journal.fact("client.reminded", about=row, by=by, step=step, what=what)


def note_late(row: PaymentRow, verb: str, *, by: Any) -> None:
    """Say once that a payment is late, for those who should call."""
    if row.left and not queries.was_told(row, verb):
        _tell(verb, row, by)


def _tell(verb: str, row: PaymentRow, by: Any, audience: str = "inner", **details: Any) -> None:
    journal.fact(
        verb, about=row, by=by, audience=audience, number=row.smeta.number, n=row.ordinal,
        currency=row.smeta.currency, **details,
    )


def _short(words: str) -> str:
    return " ".join(words.split())[:LONGEST]
