"""The pages of promises: the ledger, warning a client with something in return, and what was given."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from agency.attached.promises import operations, queries
from agency.kit import clock
from agency.kit.db import unit
from tests.cast import Cast
from tests.flow import factory
from tests.pages import Visitor

As = Callable[[str], Visitor]


def test_a_manager_warns_a_client_and_offers_something_in_return(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        due = clock.today() + timedelta(days=2)
        id = operations.make(factory.a_project(cast), "Снять ролик", due, by=cast.actor("vera")).id
    vera = as_("vera")
    form = {"m-due_on": str(due + timedelta(days=4)), "m-reason": "площадка отменила бронь",
            "m-offer_kind": "bonus", "m-offer_words": "4 ресайза бесплатно"}
    assert "Сколько это стоит" in vera.post(f"/promises/{id}/move", form, status=422).text
    vera.post(f"/promises/{id}/move", {**form, "m-offer_amount": "12 800"})
    shown = vera.get(f"/promises/{id}").text
    assert "4 ресайза бесплатно" in shown.replace("\xa0", " ")
    with app.app_context():
        row = queries.get(id).compensations[0].id
    vera.post(f"/promises/compensations/{row}/giving", {"where": "Д1"})
    assert "площадка отменила бронь" in vera.get(f"/promises/{id}").text.replace("\xa0", " ")
    ledger = vera.get("/promises/").text.replace("\xa0", " ")
    assert "взамен: 4 ресайза бесплатно" in ledger
    assert "Снять ролик" not in as_("oleg").get("/promises/").text
    as_("designer").get("/promises/", status=403)
