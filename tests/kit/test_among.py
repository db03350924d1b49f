"""A question with a list of values reads the same however long the list is."""

import pytest
from flask import Flask
from sqlalchemy import select

from agency.kit.db import Among, ask
from agency.people.clients.models import Client
from tests.cast import Cast
from tests.queries import counted


@pytest.mark.on_both
def test_values_are_found_among_numbers_and_among_words(context: None, cast: Cast) -> None:
    by_id = select(Client.name).where(Client.id.in_(Among("ids"))).order_by(Client.id)
    assert ask(by_id, ids=[cast.hedgehog, cast.rival]).scalars() == ["Тёплый Ёж", "Сытый Барсук"]
    assert ask(by_id, ids=[cast.rival]).scalars() == ["Сытый Барсук"]
    assert ask(by_id, ids=[]).all() == []
    by_name = select(Client.id).where(Client.name.in_(Among("names")), Client.code.not_in(Among("codes")))
    assert ask(by_name, names=["Тёплый Ёж", "Сытый Барсук"], codes=["RV"]).scalars() == [cast.hedgehog]


def test_on_sqlite_the_words_of_the_question_stay_the_same(app: Flask, context: None, cast: Cast) -> None:
    rows = select(Client.id).where(Client.id.in_(Among("ids")))
    with counted(app) as asked:
        ask(rows, ids=[cast.hedgehog]).all()
        ask(rows, ids=[cast.hedgehog, cast.rival]).all()
    assert asked[0] == asked[1]
