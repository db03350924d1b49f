"""The settings, page by page: who may, what is refused beside the field, what a stale form meets."""

import io
import re
import struct
import zlib
from collections.abc import Callable

import pytest
from flask import Flask

from agency.kit import clock, mail
from agency.kit.db import db, unit
from agency.kit.mail.models import MailContent
from agency.people.accounts import queries as persons
from agency.people.accounts.identity import as_actor
from agency.people.agency import logos, operations, queries, settling
from agency.people.agency.models import OwnEntity
from tests.cast import Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
PAGES = (
    "/settings/", "/settings/history", "/settings/entities", "/settings/entities/new", "/settings/entities/1",
    "/settings/entities/1/requisites", "/settings/taxes", "/settings/taxes?country=PL", "/settings/limits",
    "/settings/limits/1", "/settings/estimates", "/settings/calendar", "/settings/calendar?year=2027",
    "/settings/replies", "/settings/mail", "/settings/languages", "/settings/positions", "/settings/numbers",
    "/settings/stages", "/settings/stages/site", "/settings/departments/",
)  # fmt: skip


def png(width: int = 4, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x20\x40\x80" * width for _row in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("address", PAGES)
def test_owner_and_administrator_alone_see_the_settings(as_: As, address: str) -> None:
    as_("owner").get(address)
    as_("admin").get(address)
    for who in ("vera", "head_media", "designer", "finance"):
        assert as_(who).client.get(address).status_code in (403, 404)
    as_("irina").get(address, status=404)
    as_(None).get(address, status=302)


def test_the_way_to_the_settings_is_in_the_profile_menu(as_: As) -> None:
    assert 'href="/settings/"' in as_("admin").get("/").text
    assert 'href="/settings/"' not in as_("vera").get("/").text


CARD = {"name": "ООО «Агентство Демо»", "brand": "Демо", "country": "RU", "currency": "RUB", "language": "ru",
        "rounding": "per_line", "address": "Казань"}  # fmt: skip


def test_a_legal_entity_is_added_changed_and_made_the_main_one(as_: As, app: Flask) -> None:
    admin = as_("admin")
    admin.post("/settings/entities/new", CARD | {"name": " "}, status=422)
    added = admin.post("/settings/entities/new", CARD | {"name": "Demo s.r.o.", "country": "CZ", "currency": "CZK"})
    assert added.headers["Location"].endswith("/requisites")
    shown = admin.follow(added).text
    assert "DIČ" in shown
    id = int(added.headers["Location"].split("/")[-2])
    admin.post(f"/settings/entities/{id}/precedence")
    with app.app_context():
        own = queries.default_entity()
        assert own is not None
        assert own.name == "Demo s.r.o."
        assert len([one for one in queries.own_entities() if one.is_default]) == 1
    form = CARD | {"version": "2", "brand": "Наше имя"}
    assert "Наше имя" in admin.follow(admin.post(f"/settings/entities/{id}", form)).text
    assert "Наше имя" in admin.post(f"/settings/entities/{id}", form | {"brand": "Другое"}, status=409).text


def test_a_mistyped_requisite_is_said_beside_its_field_and_kept(as_: As, app: Flask, cast: Cast) -> None:
    admin, address = as_("admin"), f"/settings/entities/{cast.entity}/requisites"
    refused = admin.post(address, {"version": "1", "inn": "9999000014", "kpp": "999901001"}, status=422).text
    assert 'value="9999000014"' in refused
    assert 'aria-describedby="inn-error"' in refused
    admin.post(address, {"version": "1", "inn": "9999 0000 13", "bik": "049999777", "account": "40702810000000012345"})
    with app.app_context():
        own = db.session.get(OwnEntity, cast.entity)
        assert own is not None
        assert own.requisites["inn"] == "9999000013"
    assert "40702810000000012345" in admin.post(address, {"version": "1", "inn": ""}, status=409).text


def test_a_logo_is_a_picture_and_nothing_else(
    as_: As, app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    admin, address = as_("admin"), f"/settings/entities/{cast.entity}/logo"
    admin.get(address, status=404)
    for wrong in (b"GIF89a....", b"<svg/>", b"\x89PNG\r\n\x1a\nbroken"):
        admin.post(address, {"logo": (io.BytesIO(wrong), "logo.png")}, status=422)
    admin.post(address, {}, status=422)
    with monkeypatch.context() as strict:
        strict.setattr(logos, "LARGEST", 20)
        admin.post(address, {"logo": (io.BytesIO(png()), "logo.png")}, status=422)
    admin.follow(admin.post(address, {"logo": (io.BytesIO(png()), "logo.png")}))
    shown = admin.get(address)
    assert (shown.mimetype, shown.data[:4]) == ("image/png", b"\x89PNG")
    with app.app_context():
        assert queries.logo_of(db.session.get_one(OwnEntity, cast.entity))
    admin.post(f"{address}/removal")
    admin.get(address, status=404)


def test_a_tax_rate_begins_on_its_day(as_: As) -> None:
    owner = as_("owner")
    form = {"code": "standard", "percent": "24,5", "since": "2031-01-01"}
    assert "24,5" in owner.follow(owner.post("/settings/taxes?country=RU", form)).text
    assert "уже записана" in owner.post("/settings/taxes?country=RU", form, status=422).text
    owner.post("/settings/taxes", form | {"percent": "много"}, status=422)
    owner.post("/settings/taxes", form | {"percent": "-1", "since": "2032-01-01"}, status=422)


def test_a_limit_is_changed_and_a_stale_one_refused(as_: As) -> None:
    owner = as_("owner")
    form = {"version": "1", "max_discount": "7,5", "min_margin": "20", "max_gross": "300 000"}
    assert "7,5" in owner.follow(owner.post("/settings/limits/1", form)).text
    owner.post("/settings/limits/1", form | {"max_discount": "9"}, status=409)
    owner.post("/settings/limits/1", form | {"version": "2", "max_discount": "200"}, status=422)
    owner.post("/settings/limits/1", form | {"version": "2", "max_gross": "три"}, status=422)


ESTIMATES = {"version": "0.0", "valid_days": "21", "margin_goal": "35", "part_1": "40", "part_2": "30",
             "part_3": "30", "when_1": "signing", "when_2": "milestone", "when_3": "act"}  # fmt: skip


def test_what_a_new_estimate_begins_with(as_: As, app: Flask) -> None:
    owner = as_("owner")
    assert "80" in owner.post("/settings/estimates", ESTIMATES | {"part_3": "10"}, status=422).text
    owner.post("/settings/estimates", ESTIMATES | {"valid_days": "0"}, status=422)
    owner.follow(owner.post("/settings/estimates", ESTIMATES))
    with app.app_context():
        assert queries.value("smeta.payments") == [["40", "signing"], ["30", "milestone"], ["30", "act"]]
        assert queries.value("smeta.valid_days") == 21
    assert "21" in owner.post("/settings/estimates", ESTIMATES | {"valid_days": "9"}, status=409).text


def test_hours_own_days_and_a_moved_day(as_: As, app: Flask) -> None:
    owner, year = as_("owner"), clock.today().year + 1
    hours = {"version": "0.0", "country": "PL", "starts": "10:00", "ends": "19:00"}
    owner.follow(owner.post("/settings/calendar", hours))
    owner.post("/settings/calendar", hours | {"starts": "09:30"}, status=409)
    owner.post("/settings/calendar", hours | {"version": "2.2", "ends": "08:00"}, status=422)
    twice = {"day-day": f"{year}-03-05", "day-works": "yes", "day-instead": f"{year}-03-07"}
    owner.post("/settings/calendar/days", twice, status=422)
    moved = {"day-day": f"{year}-06-01", "day-works": "no", "day-instead": f"{year}-06-06", "day-why": "день агентства"}
    assert "день агентства" in owner.follow(owner.post("/settings/calendar/days", moved)).text
    with app.app_context():
        assert not queries.calendar().is_working(clock.date(year, 6, 1))
        assert queries.calendar().is_working(clock.date(year, 6, 6))
    owner.post("/settings/calendar/days/removal", {"day": f"{year}-06-01"})
    assert "день агентства" in owner.get(f"/settings/calendar?year={year}").text


def test_the_sender_and_the_signature_stand_in_the_next_letter(as_: As, app: Flask, cast: Cast) -> None:
    admin = as_("admin")
    form = {"version": "0.0", "sender_name": 'Агентство "Утро"', "signature": "utro.example\n+7 000"}
    admin.post("/settings/mail", form)
    admin.post("/settings/mail", form | {"sender_name": "Вечер"}, status=409)
    admin.post(f"/people/{cast.persons['vera']}/invitation", status=200)
    with app.app_context(), unit():
        from email import message_from_bytes, policy

        kept = db.session.query(MailContent).one()
        letter = message_from_bytes(kept.content, policy=policy.default)
        assert letter["From"].addresses[0].display_name == "Агентство Утро"
        assert letter["From"].addresses[0].addr_spec == "hello@agency.example"
        for kind in ("plain", "html"):
            body = letter.get_body((kind,))
            assert body is not None
            assert "utro.example" in body.get_content()
        assert mail.usual_name() == "Агентство Демо"


def test_languages_positions_replies_and_numbers(as_: As, app: Flask) -> None:
    owner = as_("owner")
    owner.post("/settings/languages", {}, status=422)
    owner.follow(owner.post("/settings/languages", {"language": ["ru", "xx"]}))
    assert 'value="en"' not in owner.get("/settings/mail").text
    owner.post("/settings/positions", {"version": "0.0", "names": "поэт\n\nпоэт\nредактор"})
    owner.post("/settings/positions", {"version": "0.0", "names": "кузнец"}, status=409)
    assert "редактор" in owner.get("/people").text
    owner.post("/settings/replies", {"version": "0.0", "minutes": "1"}, status=422)
    owner.post("/settings/replies", {"version": "0.0", "minutes": "60", "since": "2020-01-01"}, status=422)
    owner.post("/settings/replies", {"version": "0.0", "minutes": "60"})
    owner.post("/settings/replies", {"version": "0.0", "minutes": "90"}, status=409)
    owner.post("/settings/numbers", {"project": "40", "request": "7"})
    assert "040" in owner.get("/settings/numbers").text
    assert "39" in owner.post("/settings/numbers", {"project": "12", "request": "7"}, status=422).text
    assert "скоро" not in owner.get("/settings/history").text
    assert "следующий номер" in owner.get("/settings/history").text
    with app.app_context():
        assert queries.value("languages") == ["ru"]


def test_the_history_speaks_of_every_change_as_a_person_does(as_: As, app: Flask) -> None:
    owner = as_("owner")
    with app.app_context(), unit():
        own, by = queries.default_entity(), as_actor(persons.by_email("owner@agency.example"))
        operations.change_entity(own, by=by, address="Москва, Проектируемый проезд, 1", language="en")
        settling.put("working_days", {"2026-12-31": {"works": False, "why": "каникулы"}}, by=by)
        settling.put("stages.site", {"name": "Сайт", "stages": [["Бриф", 40], ["Вёрстка", 60]]}, by=by)
        operations.add_entity(by=by, name="Demo s.r.o.", brand="Demo", country="CZ", currency="CZK", language="cs")
    told = re.sub(r"\s+", " ", owner.get("/settings/history").text.replace("\u00a0", " "))
    for words in ("Юридический адрес: Москва", "Язык документов: Английский", "Сайт: Бриф 40; Вёрстка 60",
                  "31 декабря 2026: выходной; Почему: каникулы", "добавлено"):
        assert words in told
    for raw in ("address:", "language", "works", "requisites"):
        assert raw not in told.partition("<main")[2].partition("</main")[0]


def test_a_row_of_stages_is_written_anew_and_brought_back(as_: As, app: Flask) -> None:
    owner, address = as_("owner"), "/settings/stages/campaign"
    form = {"version": "0.0", "name": "Наш порядок", "stage_1": "Думаем", "share_1": "40", "stage_2": "Делаем",
            "share_2": "60", "ending_1": "brief", "ending_2": "weather"}  # fmt: skip
    owner.post(address, form | {"share_2": "x"}, status=422)
    owner.post(address, form | {"stage_1": ""}, status=422)
    assert "Наш порядок" in owner.follow(owner.post(address, form)).text
    owner.post(address, form | {"name": "Иначе"}, status=409)
    with app.app_context():
        from agency.flow.projects import presets

        assert presets.names("campaign") == ["Думаем", "Делаем"]
        assert presets.shares("campaign", 2) == [40, 60]
        assert presets.endings("campaign") == ["brief", ""]
    owner.post(f"{address}/return")
    assert "Наш порядок" not in owner.get("/settings/stages").text
    owner.get("/settings/stages/nothing", status=404)
    owner.post("/settings/stages/nothing/return", status=404)
