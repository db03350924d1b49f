"""One form is one receipt, however many times it arrives at the same instant."""

from typing import Any

import pytest
from sqlalchemy import func, select

from agency.flow.payments.models import Receipt
from agency.flow.smetas import operations as smetas
from agency.flow.smetas.models import PaymentRow
from agency.kit import clock, ids, journal
from agency.kit.db import db, unit
from agency.people.accounts import operations as accounts
from tests.flow.smetas import factory
from tests.installations import Installation
from tests.promises import crowd

TIMES = 12


@pytest.mark.postgres
def test_the_same_receipt_sent_twelve_times_at_once_is_noted_once(on_postgres: Installation) -> None:
    app, cast = on_postgres.app, on_postgres.cast
    with app.app_context(), unit():
        smeta = factory.sent(cast)
        smetas.approve(smeta, by=cast.actor("irina"), seen=smeta.content_hash, typed_name="Ирина Ветлугина")
        id, day = smeta.payments[0].id, clock.today()
        secret = accounts.sign_in(cast.person("finance"), browser="tests")
    signed = ids.sign(app.config["SECRET_KEY"], "csrf", "a-visitor")
    form: dict[str, Any] = {
        "_csrf": signed, f"got{id}-key": "f" * 16, f"got{id}-amount": "100,00", f"got{id}-received_on": str(day),
    }
    cookies = f"agency_session={secret}; agency_visit=a-visitor"

    def note() -> int:
        client = app.test_client(use_cookies=False)
        return client.post(f"/payments/rows/{id}/receipts", data=form, headers={"Cookie": cookies}).status_code

    statuses = crowd.at_once(app, [note] * TIMES)
    assert set(statuses) <= {303, 409}
    assert 303 in statuses
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Receipt)) == 1
        told = select(func.count()).select_from(journal.Fact).where(journal.Fact.verb == "payment.received")
        assert db.session.scalar(told) == 1
        assert db.session.get_one(PaymentRow, id).paid == 100_00
