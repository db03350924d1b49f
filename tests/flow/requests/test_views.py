"""Pages of requests, looked at by the people who use them."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from agency.flow.requests import operations, queries
from agency.flow.requests.models import Request
from agency.kit import clock
from agency.kit.db import db, unit
from agency.people.accounts.identity import NOBODY
from agency.people.accounts.models import Person
from tests.cast import Cast
from tests.flow.requests.stories import WORDS, asked, one
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


def state(app: Flask, id: int) -> str:
    with app.app_context():
        found = queries.get(id)
        assert found is not None
        return found.state


def test_the_triage_list_shows_what_waits_and_its_clock(as_: As, app: Flask, cast: Cast) -> None:
    one(app, cast, "new@zarechye.example", company="Мельница Заречье")
    one(app, cast, taken_by="vera")
    shown = as_("vera").get("/requests/").text
    assert "Мельница Заречье" in shown
    assert "осталось" in shown
    assert "Ждут нашего ответа" in shown
    assert "Мельница Заречье" in as_("vera").get("/requests/?q=заречье").text
    assert "По словам" in as_("vera").get("/requests/?q=такого-нет").text
    for address in ("?mine=1", "?state=declined", "?state=spam", "?state=nonsense", "?after=50"):
        as_("owner").get(f"/requests/{address}")


@pytest.mark.on_both
@pytest.mark.parametrize("state", ["", "declined"])
def test_a_long_list_turns_its_pages_by_the_request_at_the_edge(app: Flask, as_: As, state: str) -> None:
    with app.app_context(), unit():
        now = clock.now()
        db.session.add_all(
            Request(
                serial=f"9{n:03}", source="capture", subject=f"Дело {n:02}", words="…", state=state or "in_review",
                received_at=now, reply_due_at=now + timedelta(days=n % 7), replied_at=now if n % 2 else None,
            )
            for n in range(60)
        )
    seen: list[str] = []
    address = f"/requests/?state={state}"
    while address:
        shown = as_("owner").get(address).text.replace("&amp;", "&")
        seen += re.findall(r"Дело.(\d\d)", shown)
        onward = re.search(r'href="([^"]*after=[^"]+)" rel="next"', shown)
        address = onward[1] if onward else ""
    newest = [f"{n:02}" for n in range(59, -1, -1)]
    urgent = [f"{n:02}" for n in sorted(range(60), key=lambda n: (n % 2, n % 7, n))]
    # On a page the list stands in its groups; each of them keeps the order.
    assert sorted(seen) == sorted(newest)
    assert seen[:1] == (newest if state else urgent)[:1]
    assert set(seen[:25]) == set((newest if state else urgent)[:25])


def test_the_first_day_says_what_will_be_here(as_: As) -> None:
    assert "Здесь будут заявки" in as_("oleg").get("/requests/").text


def test_the_triage_is_for_managers_and_the_owner(as_: As) -> None:
    for who in ("designer", "finance", "head_media"):
        as_(who).get("/requests/", status=403)
    as_("irina").get("/requests/", status=404)
    as_(None).get("/requests/", status=302)


def test_a_request_of_anothers_client_does_not_exist_for_a_manager(as_: As, app: Flask, cast: Cast) -> None:
    id = one(app, cast, "roman@sytyj-barsuk.example")
    as_("vera").get(f"/requests/{id}", status=404)
    as_("designer").get(f"/requests/{id}", status=404)
    as_("oleg").get(f"/requests/{id}")
    for thing in ("review", "questions", "refusal", "pause", "duplicate", "spam", "card", "answers", "reopening"):
        as_("vera").post(f"/requests/{id}/{thing}", {}, status=404)
    assert state(app, id) == "new"


def test_one_of_two_takes_it_and_the_other_reads_who_won(as_: As, app: Flask, cast: Cast) -> None:
    id = one(app, cast, "new@zarechye.example")
    as_("vera").post(f"/requests/{id}/review")
    late = as_("oleg").post(f"/requests/{id}/review", status=409)
    assert "Лапина" in late.text


def test_a_question_is_asked_and_its_answer_written_down(as_: As, app: Flask, cast: Cast) -> None:
    id, vera = one(app, cast, taken_by="vera"), as_("vera")
    empty = vera.post(f"/requests/{id}/questions", {"ask-question": ""}, status=422)
    assert "Напишите" in empty.text
    vera.follow(vera.post(f"/requests/{id}/questions", {"ask-question": "Какой бюджет?"}))
    assert state(app, id) == "waiting_client"
    vera.follow(vera.post(f"/requests/{id}/answers", {"answer-answer": "Два миллиона"}))
    assert "Два миллиона" in vera.get(f"/requests/{id}").text


def test_a_no_without_a_reason_keeps_the_letter_that_was_typed(as_: As, app: Flask, cast: Cast) -> None:
    id, vera = one(app, cast, taken_by="vera"), as_("vera")
    refused = vera.post(
        f"/requests/{id}/refusal", {"decline-reason": "", "decline-letter": "Жаль, но нет."}, status=422
    )
    assert "Жаль, но нет." in refused.text
    vera.follow(vera.post(f"/requests/{id}/refusal", {"decline-reason": "не наш профиль", "decline-letter": "Жаль."}))
    assert state(app, id) == "declined"
    vera.follow(vera.post(f"/requests/{id}/reopening"))
    assert state(app, id) == "in_review"


def test_later_wants_a_day_that_is_still_ahead(as_: As, app: Flask, cast: Cast) -> None:
    id, vera = one(app, cast, taken_by="vera"), as_("vera")
    past = vera.post(f"/requests/{id}/pause", {"hold-reason": "ждём", "hold-until": "2020-01-01"}, status=422)
    assert 'value="2020-01-01"' in past.text
    vera.post(f"/requests/{id}/pause", {"hold-reason": "ждём", "hold-until": "2099-01-01"})
    vera.get(f"/requests/{id}")
    vera.get("/requests/")
    vera.follow(vera.post(f"/requests/{id}/resumption"))


def test_a_duplicate_points_to_the_request_that_goes_on(as_: As, app: Flask, cast: Cast) -> None:
    first, second = one(app, cast), one(app, cast, "new@zarechye.example")
    hidden = one(app, cast, "roman@sytyj-barsuk.example")
    vera = as_("vera")
    vera.post(f"/requests/{second}/duplicate", {"duplicate-of": hidden}, status=422)
    shown = vera.follow(vera.post(f"/requests/{second}/duplicate", {"duplicate-of": first})).text
    assert f"/requests/{first}" in shown


def test_spam_leaves_the_list(as_: As, app: Flask, cast: Cast) -> None:
    id, vera = one(app, cast, "x@spam.example"), as_("vera")
    vera.follow(vera.post(f"/requests/{id}/spam"))
    assert state(app, id) == "spam"
    vera.get(f"/requests/{id}")


def test_what_was_missing_is_written_in_and_a_stale_form_shows_both(as_: As, app: Flask, cast: Cast) -> None:
    id, vera = one(app, cast, "new@zarechye.example"), as_("vera")
    form = {
        "correct-version": "1",
        "correct-client_id": "0",
        "correct-company": "Мельница",
        "correct-email": "a@b.example",
    }
    vera.follow(vera.post(f"/requests/{id}/card", form))
    stale = vera.post(f"/requests/{id}/card", form | {"correct-company": "Другая"}, status=409)
    assert "Другая" in stale.text
    assert "Мельница" in stale.text
    named = form | {"correct-version": "2", "correct-client_id": str(cast.hedgehog)}
    vera.follow(vera.post(f"/requests/{id}/card", named))
    as_("oleg").get(f"/requests/{id}", status=404)


def test_two_lines_are_enough_for_a_capture(as_: As, app: Flask, cast: Cast) -> None:
    vera = as_("vera")
    vera.get("/requests/new")
    shown = vera.follow(
        vera.post("/requests/new", {"words": "Подкаст о хлебе для Тёплый Ёж\nБюджет до 900 тыс. ₽", "take_it": "y"})
    )
    assert "Подкаст о хлебе" in shown.text
    assert "до 900 тыс" in shown.text
    assert f"/clients/{cast.hedgehog}" in shown.text


def test_an_empty_capture_keeps_the_rest_and_says_which_files_to_choose_again(as_: As) -> None:
    form = {"words": " ", "company": "Мельница", "files": (io.BytesIO(b"%PDF-1.7 x"), "logo.pdf")}
    refused = as_("vera").post("/requests/new", form, status=422)
    assert 'value="Мельница"' in refused.text
    assert "logo.pdf" in refused.text


def test_a_file_of_a_kind_we_do_not_take_is_refused_by_name_and_nothing_is_written(as_: As, app: Flask) -> None:
    form = {"words": "Нужен сайт", "files": (io.BytesIO(b"MZ\x90\x00" + b"\x00" * 60), "setup.exe")}
    refused = as_("vera").post("/requests/new", form, status=422)
    assert "setup.exe" in refused.text
    with app.app_context():
        assert queries.db.session.query(queries.Request).count() == 0


def test_what_a_client_typed_never_becomes_markup(as_: As, app: Flask, cast: Cast) -> None:
    id = one(app, cast, "x@y.example", company="<script>alert(1)</script>", contact_name="<b>Иван</b>")
    for address in ("/requests/", f"/requests/{id}", f"/projects/from-request/{id}"):
        shown = as_("vera").get(address).text
        assert "<script>alert(1)" not in shown
        assert "<b>Иван" not in shown


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_state_of_a_request_has_its_page_in_both_languages(
    as_: As, app: Flask, cast: Cast, language: str
) -> None:
    with app.app_context(), unit():
        vera = queries.db.session.get(Person, cast.persons["vera"])
        vera.language = language
    ids = [one(app, cast), one(app, cast, taken_by="vera"), asked(app, cast, "new@zarechye.example")]
    for id in ids:
        shown = as_("vera").get(f"/requests/{id}").text
        assert ("Словами клиента" in shown) == (language == "ru")


def test_a_typed_address_is_perhaps_a_client_until_a_manager_confirms(app: Flask, as_: As) -> None:
    with app.app_context(), unit():
        id = operations.receive(WORDS, by=NOBODY, email="timur@tyoply-yozh.example").id
    as_("timur").get(f"/portal/requests/{id}", status=404)
    assert "Тимур" not in as_("oleg").get(f"/requests/{id}").text
    vera = as_("vera")
    assert "Возможно, это Тимур Галеев, «Тёплый Ёж»" in vera.get(f"/requests/{id}").text
    as_("oleg").post(f"/requests/{id}/sender", status=403)
    assert "Возможно" not in vera.follow(vera.post(f"/requests/{id}/sender")).text
    as_("timur").get(f"/portal/requests/{id}")
