"""The forms of a client's card, looked at by the people who use them."""

from collections.abc import Callable

from flask import Flask

from agency.people.clients import queries
from tests.cast import Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


def test_everything_of_anothers_client_is_missing(as_: As, cast: Cast, app: Flask) -> None:
    with app.app_context():
        contact = queries.active_contacts(cast.rival)[0].id
        entity = queries.get(cast.rival).billing_entities[0].id
    vera = as_("vera")
    for address in (
        f"{cast.rival}/card",
        f"{cast.rival}/contacts/new",
        f"contacts/{contact}",
        f"{cast.rival}/entities/new",
        f"entities/{entity}",
    ):
        vera.get(f"/clients/{address}", status=404)
        vera.post(f"/clients/{address}", {}, status=404)
    vera.post(f"/clients/contacts/{contact}/removal", status=404)
    vera.post(f"/clients/{cast.rival}/brands", status=404)


def test_a_client_is_added_and_wrong_words_are_kept(as_: As, cast: Cast) -> None:
    vera = as_("vera")
    form = {
        "name": "Мельница Заречье",
        "code": "te",
        "manager_id": cast.persons["vera"],
        "country": "RU",
        "language": "ru",
        "currency": "RUB",
        "own_entity_id": cast.entity,
        "about": "звонить после обеда",
    }
    vera.get("/clients/new")
    refused = vera.post("/clients/new", form, status=422).text
    assert "звонить после обеда" in refused
    assert "Такой код" in refused
    assert "MZ" in vera.follow(vera.post("/clients/new", form | {"code": ""})).text


def test_the_card_is_changed_and_a_stale_one_shows_both(as_: As, cast: Cast) -> None:
    vera, address = as_("vera"), f"/clients/{cast.hedgehog}/card"
    form = {
        "version": "1",
        "name": "Тёплый Ёж",
        "manager_id": cast.persons["vera"],
        "country": "RU",
        "language": "en",
        "currency": "RUB",
        "own_entity_id": cast.entity,
        "about": "не показывать красное",
    }
    vera.get(address)
    vera.follow(vera.post(address, form))
    stale = vera.post(address, form | {"about": "решает финдиректор"}, status=409).text
    assert "не показывать красное" in stale
    assert "решает финдиректор" in stale


def test_contacts_brands_and_entities_on_the_card(as_: As, cast: Cast, app: Flask) -> None:
    vera, home = as_("vera"), f"/clients/{cast.hedgehog}"
    form = {"name": "Инна Платова", "email": "inna@tyoply-yozh.example", "language": "ru", "is_finance": "y"}
    vera.get(f"{home}/contacts/new")
    vera.post(f"{home}/contacts/new", form | {"email": "oleg@agency.example"}, status=422)
    assert "Инна Платова" in vera.follow(vera.post(f"{home}/contacts/new", form)).text
    with app.app_context():
        contact = queries.active_contacts(cast.hedgehog)[-1].id
    assert 'value="inna@' in vera.get(f"/clients/contacts/{contact}").text
    vera.post(f"/clients/contacts/{contact}", form | {"version": "1", "position": "бухгалтер"})
    vera.post(f"/clients/contacts/{contact}", form | {"version": "1", "position": "директор"}, status=409)
    assert "Инна Платова" not in vera.follow(vera.post(f"/clients/contacts/{contact}/removal")).text
    vera.post(f"{home}/brands", {"brand-name": ""}, status=422)
    assert "Утро" in vera.follow(vera.post(f"{home}/brands", {"brand-name": "Утро"})).text


def test_requisites_are_asked_by_country_and_each_mistake_stands_beside_its_field(
    as_: As, cast: Cast, app: Flask,
) -> None:
    vera, home = as_("vera"), f"/clients/{cast.hedgehog}"
    assert 'name="nip"' in vera.get(f"{home}/entities/new?country=PL").text
    typed = {"name": "ООО «Регион»", "country": "RU", "inn": "9999123457", "bik": "149999777", "kpp": "999901001"}
    refused = vera.post(f"{home}/entities/new", typed, status=422).text
    assert refused.count('aria-invalid="true"') == 2
    assert 'id="inn-error"' in refused
    assert 'id="bik-error"' in refused
    vera.post(f"{home}/entities/new", {"name": " ", "country": "RU"}, status=422)
    good = typed | {"inn": "9999123456", "bik": "049999777"}
    assert "9999123456" in vera.follow(vera.post(f"{home}/entities/new", good)).text
    with app.app_context():
        entity = queries.get(cast.hedgehog).billing_entities[-1].id
    assert 'value="9999123456"' in vera.get(f"/clients/entities/{entity}").text
    vera.post(f"/clients/entities/{entity}", good | {"version": "1", "name": "ООО «Регион-2»"})
    assert "Регион-3" in vera.post(f"/clients/entities/{entity}", good | {"version": "1", "name": "Регион-3"}, 409).text
    assert "Вернуть" in vera.follow(vera.post(f"/clients/entities/{entity}/archiving")).text
    assert "Вернуть" not in vera.follow(vera.post(f"/clients/entities/{entity}/return")).text
    as_("oleg").post(f"/clients/entities/{entity}/archiving", status=404)


def test_a_nuance_is_written_changed_and_struck_out(as_: As, cast: Cast) -> None:
    vera, home = as_("vera"), f"/clients/{cast.hedgehog}"
    vera.post(f"{home}/nuances", {"nuance-words": "", "nuance-places": "brief"}, status=422)
    assert "Никакого красного" in vera.follow(
        vera.post(f"{home}/nuances", {"nuance-words": "Никакого красного", "nuance-places": "brief"}),
    ).text
    vera.get("/clients/nuances/1")
    changed = {"nuance-version": "1", "nuance-words": "Ничего красного", "nuance-places": "report"}
    assert "Ничего красного" in vera.follow(vera.post("/clients/nuances/1", changed)).text
    vera.post("/clients/nuances/1", changed, status=409)
    as_("oleg").post("/clients/nuances/1/removal", status=404)
    assert "Ничего красного" not in vera.follow(vera.post("/clients/nuances/1/removal")).text.split('id="history"')[0]
