"""The client of a new project among more than a list can hold: never a second copy of one we know."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from agency.flow.projects import queries
from agency.flow.requests import operations as requests
from agency.flow.requests import queries as known_requests
from agency.kit.db import db, unit
from agency.people.clients import queries as clients
from agency.people.clients.models import Client
from tests.cast import Cast
from tests.flow.projects.test_views import form_of
from tests.flow.requests.stories import one
from tests.pages import Visitor
from tests.people.clients import crowd
from tests.queries import counted

As = Callable[[str | None], Visitor]


def field(shown: str) -> str:
    found = re.search(r'<input[^>]*\bid="client_id"[^>]*>', shown)
    assert found, "no field for typing"
    return re.search(r'value="([^"]*)"', found[0])[1]  # type: ignore[index]


def how_many(app: Flask) -> int:
    with app.app_context():
        return int(db.session.query(Client).count())


@pytest.mark.on_both
def test_a_project_opens_for_the_last_of_sixty(app: Flask, as_: As, cast: Cast) -> None:
    last, owner = crowd.sixty(app, cast), as_("owner")
    id, before = one(app, cast, "new@zarechye.example"), how_many(app)
    assert field(owner.get(f"/projects/from-request/{id}").text) == ""
    form = form_of(cast, client_id="Ярославская Мельница", brand="", contact_name="", contact_email="")
    owner.post(f"/projects/from-request/{id}", form)
    with app.app_context():
        project = queries.of_request(id)
        assert (project.client_id, project.number[:3]) == (last, "YM-")
    assert how_many(app) == before


def test_the_client_of_the_request_stays_chosen(app: Flask, as_: As, cast: Cast) -> None:
    last, owner, id = crowd.sixty(app, cast), as_("owner"), one(app, cast, "new@zarechye.example")
    with app.app_context(), unit():
        requests.name_client(known_requests.get(id), clients.get(last), by=cast.actor("owner"))
    shown = owner.get(f"/projects/from-request/{id}").text
    assert field(shown) == "Ярославская мельница, YM"
    form = form_of(cast, client_id=field(shown), brand="", contact_name="", contact_email="")
    spread = owner.post(f"/projects/from-request/{id}", form | {"spread": "days"}, status=200).text
    assert field(spread) == "Ярославская мельница, YM"
    owner.post(f"/projects/from-request/{id}", form)
    with app.app_context():
        assert queries.of_request(id).client_id == last


@pytest.mark.parametrize(
    ("who", "words", "said"),
    [
        ("owner", "Ярославская", "Возможно, это один из этих: Ярославская мельница, YM."),
        ("owner", "Никто", "Среди доступных вам клиентов нет такого названия или кода."),
        ("oleg", "Тёплый Ёж", "Среди доступных вам клиентов нет такого названия или кода."),
        ("owner", "ёлка", "Так называются несколько клиентов."),
    ],
)
def test_unclear_words_open_nothing_and_stay(
    app: Flask, as_: As, cast: Cast, who: str, words: str, said: str,
) -> None:
    crowd.sixty(app, cast)
    with app.app_context(), unit():
        crowd.add(cast, "Ёлка", "EL")
        crowd.add(cast, "Елка", "ELK")
    id, before = one(app, cast, "new@zarechye.example"), how_many(app)
    refused = as_(who).post(f"/projects/from-request/{id}", form_of(cast, client_id=words), status=422).text
    assert said in refused.replace("\xa0", " ")
    assert field(refused) == words
    assert "Кампания на февраль" in refused
    assert how_many(app) == before
    with app.app_context():
        assert queries.of_request(id) is None


@pytest.mark.parametrize("empty", ["", " ", "0"])
def test_an_empty_field_is_a_new_client(app: Flask, as_: As, cast: Cast, empty: str) -> None:
    crowd.sixty(app, cast)
    id, owner = one(app, cast, "anna@zarechye.example", company="Мельница Заречье"), as_("owner")
    assert "Если оставить пустым, клиент будет новый." in owner.get(f"/projects/from-request/{id}").text
    new = {"client_id": empty, "new_name": "Мельница Заречье", "new_code": "", "contact_email": "anna@zarechye.example"}
    owner.post(f"/projects/from-request/{id}", form_of(cast, **new))
    with app.app_context():
        assert queries.of_request(id).number.startswith("MZ-")


def test_the_page_asks_few_questions_however_many_clients(app: Flask, as_: As, cast: Cast) -> None:
    crowd.sixty(app, cast)
    id, owner = one(app, cast), as_("owner")
    with counted(app) as asked:
        assert field(owner.get(f"/projects/from-request/{id}").text) == "Тёплый Ёж, TE"
    assert len(asked) <= 12
