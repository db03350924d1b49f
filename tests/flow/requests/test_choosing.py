"""A request's client among more than a list can hold: typed by name or code, never lost, never another's."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from agency.flow.requests import queries
from agency.flow.requests.models import Request
from agency.kit.db import db, unit
from agency.people.clients.models import Client
from tests.cast import Cast
from tests.flow.requests.stories import one
from tests.pages import Visitor
from tests.people.clients import crowd
from tests.queries import counted

As = Callable[[str | None], Visitor]


def client_of(app: Flask, id: int) -> int | None:
    with app.app_context():
        found = queries.get(id)
        assert found is not None
        return found.client_id


def field(shown: str, id: str = "client_id") -> str:
    """What stands in the field for typing."""
    found = re.search(rf'<input[^>]*\bid="{id}"[^>]*>', shown)
    assert found, "no field for typing"
    return re.search(r'value="([^"]*)"', found[0])[1]  # type: ignore[index]


def newest(app: Flask) -> Request:
    with app.app_context():
        return db.session.query(Request).order_by(Request.id.desc()).first()  # type: ignore[return-value]


def test_few_clients_are_a_list_and_many_are_typed(app: Flask, as_: As, cast: Cast) -> None:
    assert '<select class="input" id="client_id"' in re.sub(r"aria-\S+ ", "", as_("owner").get("/requests/new").text)
    last = crowd.sixty(app, cast)
    assert field(as_("owner").get("/requests/new").text) == ""
    assert f'<option value="{cast.hedgehog}"' in as_("vera").get("/requests/new").text
    assert f'<option value="{last}"' not in as_("vera").get("/requests/new").text


@pytest.mark.on_both
@pytest.mark.parametrize("words", ["Ярославская мельница", "ярославская МЕЛЬНИЦА, ym", " YM "])
def test_the_last_of_sixty_is_captured_by_name_or_code(app: Flask, as_: As, cast: Cast, words: str) -> None:
    last, owner = crowd.sixty(app, cast), as_("owner")
    shown = owner.follow(owner.post("/requests/new", {"words": "Нужен сайт", "client_id": words}))
    assert f"/clients/{last}" in shown.text
    assert newest(app).client_id == last


def test_the_client_of_the_address_stays_wherever_it_stands_by_name(app: Flask, as_: As, cast: Cast) -> None:
    last = crowd.sixty(app, cast)
    assert field(as_("owner").get(f"/requests/new?client={last}").text) == "Ярославская мельница, YM"
    assert field(as_("owner").get("/requests/new?client=987654").text) == ""
    # Vera sees few, and this one not at all.
    assert "Ярославская" not in as_("vera").get(f"/requests/new?client={last}").text
    assert f'<option selected value="{cast.hedgehog}"' in as_("vera").get(f"/requests/new?client={cast.hedgehog}").text


def test_a_client_that_stands_in_the_words_is_found_when_nothing_is_typed(app: Flask, as_: As, cast: Cast) -> None:
    last, owner = crowd.sixty(app, cast), as_("owner")
    owner.post("/requests/new", {"words": "Ролик для Ярославская мельница", "client_id": ""})
    assert newest(app).client_id == last
    owner.post("/requests/new", {"words": "Ролик для кого-то", "client_id": "  "})
    assert newest(app).client_id is None


def test_words_that_mean_no_client_are_kept_and_the_likely_ones_named(app: Flask, as_: As, cast: Cast) -> None:
    crowd.sixty(app, cast)
    form = {"words": "Нужен сайт", "client_id": "Ярославская", "company": "Мельница"}
    refused = as_("owner").post("/requests/new", form, status=422).text
    assert "Возможно, это один из этих: Ярославская мельница, YM." in refused.replace("\xa0", " ")
    assert field(refused) == "Ярославская"
    assert 'aria-invalid="true"' in refused
    assert 'value="Мельница"' in refused
    refused = as_("owner").post("/requests/new", form | {"client_id": "<Никто>"}, status=422).text
    assert "Среди доступных вам клиентов нет" in refused.replace("\xa0", " ")
    assert field(refused) == "&lt;Никто&gt;"
    with app.app_context():
        assert db.session.query(Request).count() == 0


def test_of_namesakes_the_code_tells_which(app: Flask, as_: As, cast: Cast) -> None:
    crowd.sixty(app, cast)
    with app.app_context(), unit():
        crowd.add(cast, "Ёлка", "EL")
        second = crowd.add(cast, "Елка", "ELK")
    owner, form = as_("owner"), {"words": "Нужен сайт", "client_id": "елка"}
    refused = owner.post("/requests/new", form, status=422).text.replace("\xa0", " ")
    assert "Так называются несколько клиентов" in refused
    assert "Елка, ELK" in refused
    assert "Ёлка, EL" in refused
    assert field(refused) == "елка"
    owner.post("/requests/new", form | {"client_id": "Елка, ELK"})
    assert newest(app).client_id == second


def test_namesakes_in_a_short_list_stand_with_their_codes(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        crowd.add(cast, "Тёплый ёж", "TEZ", "vera")
    shown = as_("vera").get("/requests/new").text
    assert "Тёплый Ёж, TE</option>" in shown
    assert "Тёплый ёж, TEZ</option>" in shown


@pytest.mark.parametrize("words", ["Сытый Барсук", "RV", "Такого Нет"])
def test_a_client_of_others_is_as_good_as_none(app: Flask, as_: As, cast: Cast, words: str) -> None:
    crowd.sixty(app, cast, "vera")
    form = {"words": "Нужен сайт", "client_id": words}
    refused = as_("vera").post("/requests/new", form, status=422).text.replace("\xa0", " ")
    assert "Среди доступных вам клиентов нет такого названия или кода." in refused
    assert field(refused) == words
    number = str(cast.rival)
    assert field(as_("vera").post("/requests/new", form | {"client_id": number}, status=422).text) == number


def test_words_typed_while_there_were_many_are_understood_when_there_are_few(as_: As, app: Flask, cast: Cast) -> None:
    vera = as_("vera")
    vera.post("/requests/new", {"words": "Нужен сайт", "client_id": "теплый еж, te"})
    assert newest(app).client_id == cast.hedgehog
    refused = vera.post("/requests/new", {"words": "Нужен сайт", "client_id": "Барсук"}, status=422).text
    assert '<option selected value="-1">Барсук</option>' in refused
    vera.post("/requests/new", {"words": "Нужен сайт", "client_id": "-1"}, status=422)
    vera.post("/requests/new", {"words": "Нужен сайт", "client_id": str(cast.rival)}, status=422)


@pytest.mark.on_both
def test_a_request_is_corrected_to_the_last_of_sixty_and_keeps_it(app: Flask, as_: As, cast: Cast) -> None:
    last, id, owner = crowd.sixty(app, cast), one(app, cast, "new@zarechye.example"), as_("owner")
    assert field(owner.get(f"/requests/{id}").text, "correct-client_id") == ""
    form = {"correct-version": "1", "correct-client_id": "ярославская мельница", "correct-company": "Мельница"}
    shown = owner.follow(owner.post(f"/requests/{id}/card", form)).text
    assert client_of(app, id) == last
    assert field(shown, "correct-client_id") == "Ярославская мельница, YM"
    with app.app_context():
        version = str(queries.get(id).version)  # type: ignore[union-attr]
    owner.post(f"/requests/{id}/card", form | {"correct-version": version, "correct-client_id": ""})
    assert client_of(app, id) == last


def test_a_wrong_name_in_a_correction_changes_nothing_and_stays_typed(app: Flask, as_: As, cast: Cast) -> None:
    crowd.sixty(app, cast)
    id = one(app, cast, "new@zarechye.example")
    form = {"correct-version": "1", "correct-client_id": "Пекарня", "correct-company": "Мельница"}
    refused = as_("owner").post(f"/requests/{id}/card", form, status=422).text
    assert field(refused, "correct-client_id") == "Пекарня"
    assert "Пекарня 00, PK00; Пекарня 01, PK01" in refused.replace("\xa0", " ")
    assert client_of(app, id) is None


def test_a_stale_correction_shows_both_clients_by_name(app: Flask, as_: As, cast: Cast) -> None:
    crowd.sixty(app, cast)
    id, owner = one(app, cast), as_("owner")
    form = {"correct-version": "0", "correct-client_id": "YM", "correct-email": "irina@tyoply-yozh.example"}
    stale = owner.post(f"/requests/{id}/card", form, status=409).text
    assert "Ярославская мельница, YM" in stale
    assert "Тёплый Ёж, TE" in stale
    same = owner.post(f"/requests/{id}/card", form | {"correct-client_id": "Тёплый Ёж, TE"}, status=409).text
    assert "Тёплый Ёж" not in same
    wrong = owner.post(f"/requests/{id}/card", form | {"correct-client_id": "Кто-то"}, status=409).text
    assert "Кто-то" in wrong
    assert "Тёплый Ёж, TE" in wrong


def test_the_present_client_stays_whoever_looks_after_it(app: Flask, as_: As, cast: Cast) -> None:
    """The request of a client that was given to a colleague, in the hands of somebody who sees sixty others."""
    crowd.sixty(app, cast, "vera")
    id = one(app, cast, "new@zarechye.example")
    owner = as_("owner")
    owner.post(f"/requests/{id}/card", {"correct-version": "1", "correct-client_id": "RV"})
    with app.app_context(), unit():
        vera, asked = cast.actor("vera"), queries.get(id)
        assert asked is not None
        rival = db.session.get(Client, cast.rival)
        assert rival is not None
        from agency.flow.requests.forms import CorrectForm

        with app.test_request_context():
            form = CorrectForm(obj=asked, prefix="correct-")
            form.client_id.offer(vera, rival)
            assert form.client_id._value() == "Сытый Барсук, RV"
        with app.test_request_context(method="POST", data={"correct-client_id": "сытый барсук"}):
            form = CorrectForm(obj=asked, prefix="correct-")
            form.client_id.offer(vera, rival)
            assert form.client_id.data == cast.rival


def test_the_pages_ask_few_questions_however_many_clients(app: Flask, as_: As, cast: Cast) -> None:
    last, owner = crowd.sixty(app, cast), as_("owner")
    id = one(app, cast)
    for address in (f"/requests/new?client={last}", f"/requests/{id}"):
        with counted(app) as asked:
            owner.get(address)
        assert len(asked) <= 12, address
