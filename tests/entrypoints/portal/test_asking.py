"""The public request page: nobody's account, nothing lost, machines not heard."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from agency.attached.files import queries as files
from agency.entrypoints.portal import links
from agency.flow.requests import operations, queries
from agency.flow.requests.models import Request
from agency.kit import clock, mail
from agency.kit.db import unit
from agency.kit.queue import SYSTEM
from tests.cast import Cast
from tests.flow.requests.stories import asked
from tests.pages import Visitor
from workers.drain import drain

As = Callable[[str | None], Visitor]
MONDAY = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
WORDS = "Хотим, чтобы на Масленицу брали нашу муку, а не соседнюю."


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.at(MONDAY):
        yield


def fill(visitor: Visitor, **more: object) -> dict[str, object]:
    """A filled form, as it stands a minute after the page was opened."""
    found = re.search(r'name="started"[^>]*value="([^"]+)"', visitor.get("/ask").text)
    assert found is not None
    clock.pass_by(minutes=1)
    return {
        "started": found[1],
        "words": WORDS,
        "contact_name": "Ольга Дымова",
        "company": "Мельница Заречье",
        "email": "olga@zarechye.example",
        **more,
    }


def all_of(app: Flask) -> list[Request]:
    with app.app_context():
        return list(queries.db.session.query(Request).all())


def test_a_stranger_asks_and_reads_what_happens_then(as_: As, app: Flask) -> None:
    nobody = as_(None)
    page = nobody.get("/ask").text.replace("\xa0", " ")
    assert "Сегодня до 12:42" in page
    assert "Вера Лапина" in page
    receipt = nobody.follow(nobody.post("/ask", fill(nobody, goal="sales", budget_words="до 2 млн")))
    assert "З-2026-1" in receipt.text
    [request] = all_of(app)
    assert (request.words, request.company, request.goal, request.source) == (
        WORDS,
        "Мельница Заречье",
        "sales",
        "public",
    )


def test_the_page_speaks_english_to_who_wants_it(as_: As, app: Flask) -> None:
    nobody = as_(None)
    page = nobody.get("/ask?language=en").text
    assert "Tell us about your task" in page
    assert not re.search(
        "[а-яё]{4}",
        page.replace("По-русски", "").replace("Агентство Демо", "").replace("Вера Лапина", "").replace("Светлая", ""),
    )
    answer = nobody.post("/ask?language=en", fill(nobody))
    assert "We have your request" in nobody.follow(answer).text
    assert all_of(app)[0].language == "en"


def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(as_: As, app: Flask) -> None:
    nobody = as_(None)
    refused = nobody.post("/ask", fill(nobody, words=" "), status=422).text
    assert 'value="Мельница Заречье"' in refused
    refused = nobody.post("/ask", fill(nobody, email="", files=(io.BytesIO(b"%PDF-1.7"), "logo.pdf")), status=422).text
    assert "Оставьте почту или телефон" in refused
    assert WORDS in refused
    assert "logo.pdf" in refused
    nobody.post("/ask", fill(nobody, goal="nonsense"), status=422)
    assert all_of(app) == []


def test_files_come_with_the_request_and_a_wrong_kind_is_named(as_: As, app: Flask) -> None:
    nobody = as_(None)
    bad = fill(nobody, files=(io.BytesIO(b"MZ\x90\x00" + b"\0" * 64), "setup.exe"))
    assert "setup.exe" in nobody.post("/ask", bad, status=422).text
    nobody.post("/ask", fill(nobody, files=(io.BytesIO(b"\x89PNG\r\n\x1a\n"), "logo.txt")), status=422)
    nobody.post("/ask", fill(nobody, files=(io.BytesIO("слова".encode()), "../../brief.txt")))
    [request] = all_of(app)
    with app.app_context():
        [file] = files.of(request)
        assert (file.name, file.audience) == ("brief.txt", "client")


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_not_heard(as_: As, app: Flask) -> None:
    nobody = as_(None)
    nobody.post("/ask", fill(nobody, website="https://spam.example"))
    assert all_of(app) == []


def test_a_form_sent_at_once_or_without_its_stamp_must_be_looked_over(as_: As, app: Flask) -> None:
    nobody = as_(None)
    form = fill(nobody)
    for wrong in ("", "1.abc", "x.y", form["started"] + "0"):
        assert WORDS in nobody.post("/ask", form | {"started": wrong}, status=422).text
    found = re.search(r'name="started"[^>]*value="([^"]+)"', nobody.get("/ask").text)
    nobody.post("/ask", form | {"started": found[1]}, status=422)
    assert all_of(app) == []


def test_a_flood_is_slowed_down_and_keeps_the_words(as_: As, app: Flask) -> None:
    nobody = as_(None)
    form = fill(nobody)
    for _try in range(20):
        nobody.post("/ask", form | {"words": " "}, status=422)
    assert WORDS in nobody.post("/ask", form, status=429).text
    clock.pass_by(hours=2)
    nobody.post("/ask", form)


def test_a_button_pressed_twice_makes_one_request(as_: As, app: Flask) -> None:
    nobody = as_(None)
    form = fill(nobody)
    assert nobody.post("/ask", form).headers["Location"] == nobody.post("/ask", form).headers["Location"]
    assert len(all_of(app)) == 1


def test_a_receipt_cannot_be_guessed(as_: As, app: Flask) -> None:
    nobody = as_(None)
    nobody.post("/ask", fill(nobody))
    for wrong in ("1", "1-", "1-000000000000000000000000", "x", "99999999999999999999-0"):
        nobody.get(f"/ask/{wrong}", status=404)


def test_a_known_client_asks_from_the_cabinet_without_typing_who_it_is(as_: As, app: Flask, cast: Cast) -> None:
    irina = as_("irina")
    assert "Как вас зовут" not in irina.get("/ask").text
    form = fill(irina)
    irina.post("/ask", {"started": form["started"], "words": WORDS})
    [request] = all_of(app)
    assert (request.client_id, request.contact_person_id, request.source) == (
        cast.hedgehog,
        cast.persons["irina"],
        "portal",
    )


def test_the_requester_gets_a_letter_and_the_team_a_notice_once(as_: As, app: Flask, cast: Cast) -> None:
    nobody = as_(None)
    nobody.post("/ask", fill(nobody))
    with app.app_context():
        drain()
        drain()
        [request] = all_of(app)
        [letter] = mail.of(request)
        assert letter.to_address == "olga@zarechye.example"
        assert "З-2026-1" in letter.subject
        notices = queries.db.metadata.tables["notices"]
        told = queries.db.session.execute(queries.select(notices.c.person_id)).scalars().all()
        assert sorted(told) == sorted([cast.persons["vera"], cast.persons["oleg"]])


def test_a_question_is_mailed_with_a_link_and_answered_through_it(as_: As, app: Flask, cast: Cast) -> None:
    id = asked(app, cast, "olga@zarechye.example")
    with app.app_context():
        drain()
        request = queries.get(id)
        assert [row.to_address for row in mail.of(request)].count("olga@zarechye.example") == 2
    with app.app_context(), unit():
        request = queries.get(id)
        address = links.mint(request.contact, None, to=f"/portal/requests/{id}", request=request, by=SYSTEM)
    nobody = as_(None)
    nobody.for_client = True
    page = nobody.follow(nobody.get(address.replace("http://localhost", ""), status=303))
    assert "Какой бюджет с НДС?" in page.text.replace("\xa0", " ")
    nobody.post(f"/portal/requests/{id}", {"answer": ""}, status=422)
    thanks = nobody.follow(nobody.post(f"/portal/requests/{id}", {"answer": "Два миллиона"}))
    assert "Сейчас от вас ничего не нужно" in thanks.text
    nobody.post(f"/portal/requests/{id}", {"answer": "Ещё раз"}, status=409)
    with app.app_context():
        assert queries.get(id).state == "in_review"


def test_a_link_to_one_request_opens_no_other(as_: As, app: Flask, cast: Cast) -> None:
    mine, other = asked(app, cast, "olga@zarechye.example"), asked(app, cast, "anna@syrovarnya.example")
    with app.app_context(), unit():
        request = queries.get(mine)
        address = links.mint(request.contact, None, to=f"/portal/requests/{mine}", request=request, by=SYSTEM)
    nobody = as_(None)
    nobody.get(address.replace("http://localhost", ""), status=303)
    nobody.get(f"/portal/requests/{other}", status=404)
    nobody.post(f"/portal/requests/{other}", {"answer": "чужое"}, status=404)
    as_("stranger").get(f"/portal/requests/{mine}", status=404)


def test_a_no_is_mailed_in_the_managers_words(app: Flask, cast: Cast) -> None:
    id = asked(app, cast, "olga@zarechye.example")
    with app.app_context(), unit():
        request = queries.get(id)
        operations.answer(request, "Не знаем", by=cast.actor("vera"))
        operations.decline(
            request, "не наш профиль", letter="Ольга, спасибо, но мы не возьмёмся.", by=cast.actor("vera")
        )
    with app.app_context():
        drain()
        newest = mail.of(queries.get(id))[0]
        assert newest.subject == "О вашей заявке З-2026-1"


def test_the_clock_of_the_page_follows_the_working_calendar(as_: As) -> None:
    with clock.at(MONDAY + timedelta(days=4, hours=7)):  # Friday, 17:42
        assert "30 ноября до 10:42" in as_(None).get("/ask").text.replace("\xa0", " ")
