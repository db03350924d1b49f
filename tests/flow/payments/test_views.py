"""The page of a project's money and the list of everything that is to come."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from agency.flow.payments import operations
from agency.flow.payments.models import Receipt
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.kit import clock
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow.reports import factory
from tests.pages import Visitor

As = Callable[[str], Visitor]
JANUARY = datetime(2027, 1, 22, 12, tzinfo=UTC)


@pytest.fixture
def project(app: Flask, cast: Cast) -> int:
    """The project of the case with its first payment made."""
    with app.app_context(), unit():
        return factory.agreed(cast).id


def plain(response: TestResponse) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.text))


def second(app: Flask) -> int:
    """The id of the second payment."""
    with app.app_context():
        rows = select(PaymentRow.id).where(PaymentRow.ordinal == 2).order_by(PaymentRow.id.desc())
        return db.session.scalars(rows).all()[0]


def test_the_station_shows_the_schedule_with_days_and_sums(as_: As, project: int, cast: Cast) -> None:
    with clock.at(JANUARY):
        shown = plain(as_("vera").get(f"/payments/projects/{project}"))
        assert "Пришло 1 064 585,66 ₽ из 2 661 464,16 ₽" in shown
        assert "Дальше 1 064 585,66 ₽ до 1 февраля" in shown
        assert "15 декабря" in shown and "оплачен" in shown
        assert "Деньги пришли" not in shown
    with clock.at(JANUARY.replace(month=2, day=12)):
        late = plain(as_("vera").get(f"/payments/projects/{project}"))
        assert "Просрочено 1 064 585,66 ₽" in late and "позже на 11 дней" in late
        everything = plain(as_("finance").get("/payments/"))
        assert "Ждём 1 596 878,50 ₽, из них 1 064 585,66 ₽ позже срока" in everything and "не сказали" in everything
    as_("head_creative").get(f"/payments/projects/{project}", status=403)
    as_("head_creative").get("/payments/", status=403)


def many(app: Flask, cast: Cast, project: int, dated: int, undated: int) -> None:
    """An addition to the estimate with many payments, the last of them without a day yet."""
    with app.app_context(), unit():
        smeta = Smeta(
            project_id=project, client_id=cast.hedgehog, kind="additional", n=1, number="Долгая", state="draft",
            language="ru", currency="RUB", author_id=cast.persons["vera"],
        )
        db.session.add(smeta)
        db.session.flush()
        for n in range(1, dated + undated + 1):
            day = JANUARY.date() + timedelta(days=n // 2) if n <= dated else None
            db.session.add(PaymentRow(
                smeta_id=smeta.id, client_id=cast.hedgehog, ordinal=n, amount=n * 100, due_on=day, words="по факту",
                owed_in="RUB",
            ))
        db.session.flush()
        db.session.execute(db.update(Smeta).where(Smeta.id == smeta.id).values(state="approved"))
        db.session.execute(db.update(PaymentRow).where(PaymentRow.smeta_id == smeta.id).values(owed_in="RUB"))


@pytest.mark.on_both
def test_a_long_list_comes_page_by_page_and_what_has_no_day_yet_stands_last(
    app: Flask, as_: As, cast: Cast, project: int,
) -> None:
    many(app, cast, project, dated=40, undated=10)
    seen: list[str] = []
    address = "/payments/"
    while address:
        shown = as_("finance").get(address).text
        seen += re.findall(r"Долгая, (\d+)<", shown)
        onward = re.search(r'href="(/payments/\?after=\d+)" rel="next"', shown)
        address = onward[1] if onward else ""
    assert seen == [str(n) for n in range(1, 51)]
    back = re.search(r'href="(/payments/\?before=\d+)" rel="prev"', shown)
    assert back
    assert re.findall(r"Долгая, (\d+)<", as_("finance").get(back[1]).text)[-1] == str(50 - shown.count("Долгая, "))


def test_finance_notes_money_once_however_often_the_form_is_sent(app: Flask, as_: As, project: int) -> None:
    id = second(app)
    with clock.at(JANUARY):
        finance = as_("finance")
        form = {f"got{id}-key": "a" * 16, f"got{id}-amount": "1 000 000,00", f"got{id}-received_on": "2027-01-21",
                f"got{id}-note": "платёжка 901"}
        for _press in range(2):
            finance.post(f"/payments/rows/{id}/receipts", form)
        shown = plain(as_("vera").get(f"/payments/projects/{project}"))
        assert "1 000 000,00 ₽" in shown and "оплачен частично" in shown and "осталось 64 585,66 ₽" in shown
        too_much = {**form, f"got{id}-key": "b" * 16, f"got{id}-amount": "64 585,67"}
        page = finance.post(f"/payments/rows/{id}/receipts", too_much, status=422)
        assert "осталось 64 585,66 ₽" in plain(page)
    with app.app_context():
        [got] = db.session.query(Receipt).filter_by(payment_row_id=id).all()
        assert (got.amount, got.received_on, got.note) == (100_000_000, date(2027, 1, 21), "платёжка 901")


def test_a_note_is_taken_back_with_a_reason_and_stays_to_be_read(app: Flask, as_: As, cast: Cast, project: int) -> None:
    with clock.at(JANUARY), app.app_context(), unit():
        receipt = operations.receive(db.session.get(PaymentRow, second(app)), by=cast.actor("finance")).id
    with clock.at(JANUARY):
        as_("vera").post(f"/payments/receipts/{receipt}/correction", {f"back{receipt}-reason": "Ошибка"}, status=403)
        as_("finance").post(f"/payments/receipts/{receipt}/correction", {f"back{receipt}-reason": ""}, status=422)
        as_("finance").post(f"/payments/receipts/{receipt}/correction", {f"back{receipt}-reason": "Чужой платёж"})
        shown = plain(as_("finance").get(f"/payments/projects/{project}"))
        assert "Чужой платёж" in shown and "запись снята" in shown
