"""Money is noted once, taken back only by a row of its own, and never asked for while a day is named."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from agency.flow.payments import operations, queries
from agency.flow.smetas import operations as smetas
from agency.flow.smetas.models import PaymentRow
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.policy import Forbidden
from agency.kit.states import Refused, WrongState
from tests.cast import Cast
from tests.flow.smetas import factory


def agreed(cast: Cast) -> PaymentRow:
    """The first payment of an approved estimate."""
    smeta = factory.sent(cast)
    smetas.approve(smeta, by=cast.actor("irina"), seen=smeta.content_hash, typed_name="Ирина Ветлугина")
    return smeta.payments[0]


def test_nothing_comes_before_the_client_agreed(unit: object, cast: Cast) -> None:
    smeta = factory.sent(cast)
    with pytest.raises(WrongState):
        operations.receive(smeta.payments[0], by=cast.actor("finance"))


@pytest.mark.on_both
def test_one_form_brings_one_receipt_and_parts_add_up(unit: object, cast: Cast) -> None:
    row, finance = agreed(cast), cast.actor("finance")
    whole = row.amount
    first = operations.receive(row, 100_00, date(2026, 11, 20), by=finance, key="form 1", note="п/п 12")
    assert operations.receive(row, 100_00, date(2026, 11, 20), by=finance, key="form 1") is first
    assert (row.paid, row.paid_on, row.left) == (100_00, date(2026, 11, 20), whole - 100_00)
    operations.receive(row, by=finance, key="form 2")
    assert (row.paid, row.left, row.paid_on) == (whole, 0, clock.today())
    with pytest.raises(WrongState):
        operations.receive(row, by=finance, key="form 3")
    facts = [fact for fact in journal.about(row) if fact.verb == "payment.received"]
    assert len(facts) == 2
    assert {fact.audience for fact in facts} == {"client"}


def test_who_has_no_right_notes_nothing_and_nobody_overpays(unit: object, cast: Cast) -> None:
    row, finance = agreed(cast), cast.actor("finance")
    with pytest.raises(Forbidden):
        operations.receive(row, by=cast.actor("vera"))
    for amount in (0, -1, row.amount + 1):
        with pytest.raises(Refused) as refused:
            operations.receive(row, amount, by=finance)
        assert refused.value.field == "amount"
    with pytest.raises(Refused):
        operations.receive(row, by=finance, on=clock.today() + timedelta(days=1))


@pytest.mark.on_both
def test_a_correction_is_a_row_of_its_own_and_nothing_is_edited(unit: object, cast: Cast) -> None:
    row, finance = agreed(cast), cast.actor("finance")
    receipt = operations.receive(row, by=finance)
    with pytest.raises(Refused):
        operations.correct(receipt, "  ", by=finance)
    back = operations.correct(receipt, "Деньги другого клиента", by=finance)
    assert (back.amount, row.paid, row.paid_on) == (-receipt.amount, 0, None)
    for again in (receipt, back):
        with pytest.raises(WrongState):
            operations.correct(again, "Ещё раз", by=finance)
    operations.receive(row, 5_00, by=finance)
    assert (row.paid, len(queries.receipts_of(row))) == (5_00, 3)
    for attack in ("UPDATE receipts SET amount = 1", "DELETE FROM receipts"):
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(text(attack))


def test_nobody_reminds_while_a_named_day_is_ahead_and_once_a_day_at_most(unit: object, cast: Cast) -> None:
    row, vera = agreed(cast), cast.actor("vera")
    operations.remind(row, "by_hand", by=vera)
    with pytest.raises(Refused):
        operations.remind(row, "by_hand", by=vera)
    with clock.at(clock.now() + timedelta(days=1)):
        operations.expect(row, clock.today() + timedelta(days=2), "обещала бухгалтерия", by=vera)
        with pytest.raises(Refused):
            operations.remind(row, "by_hand", by=vera)
        with pytest.raises(Refused):
            operations.expect(row, clock.today() - timedelta(days=1), by=vera)
    with clock.at(clock.now() + timedelta(days=4)):
        operations.remind(row, "by_hand", by=vera)
    assert len(queries.reminded(row)) == 2
