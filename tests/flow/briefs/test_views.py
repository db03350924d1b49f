"""The pages of briefs, as those see them who may, and as those do not who may not."""

from collections.abc import Callable

import pytest
from flask import Flask

from agency.flow.briefs import operations, queries
from agency.flow.briefs.models import Brief
from agency.flow.projects import requirements
from agency.kit.db import db, db_reading, unit
from tests.cast import Cast
from tests.flow.briefs import cases
from tests.flow.factory import a_project
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
AUTOSAVE = {"X-Part": "1", "X-Autosave": "1"}


@pytest.fixture
def made(app: Flask, cast: Cast) -> Callable[[Callable[[Cast], Brief]], int]:
    def make(case: Callable[[Cast], Brief]) -> int:
        with app.app_context(), unit():
            return case(cast).id

    return make


Made = Callable[[Callable[[Cast], Brief]], int]


def an_opened(cast: Cast) -> Brief:
    return operations.open_for(a_project(cast), by=cast.actor("vera"))


def state_of(app: Flask, brief_id: int) -> str:
    with app.app_context(), db_reading():
        return db.session.get(Brief, brief_id).state


def test_the_manager_begins_a_brief_and_finds_the_request_in_it(app: Flask, cast: Cast, as_: As) -> None:
    with app.app_context(), unit():
        project_id = a_project(cast).id
    vera = as_("vera")
    assert "Начать бриф" in vera.get(f"/briefs/of-project/{project_id}").text
    page = vera.follow(vera.post(f"/briefs/of-project/{project_id}")).text
    assert "набор выпечки домой к 7:30" in page
    assert "нужен ответ" in page
    assert "TE-2026-014/Б1" in page


def test_a_part_saves_itself_and_says_how_ready_the_brief_is(app: Flask, as_: As, made: Made) -> None:
    brief_id, vera = made(an_opened), as_("vera")
    answer = vera.post(
        f"/briefs/{brief_id}/parts/business_goal", {"value": "Продать больше", "version": "1"}, 200, headers=AUTOSAVE,
    )
    assert answer.json["version"] == 2
    assert 'id="readiness"' in answer.json["parts"]
    assert "назовите её" in answer.json["parts"]
    with app.app_context(), db_reading():
        assert queries.part(brief_id, "business_goal").value == "Продать больше"


def test_two_people_in_one_answer_see_both_versions_and_lose_nothing(as_: As, made: Made) -> None:
    brief_id, vera, owner = made(an_opened), as_("vera"), as_("owner")
    place = f"/briefs/{brief_id}/parts/success"
    owner.post(place, {"value": "Слова владельца", "version": "1"}, 200, headers=AUTOSAVE)
    refused = vera.post(place, {"value": "Слова Веры", "version": "1"}, 409, headers=AUTOSAVE)
    assert 'id="conflict"' in refused.text
    assert "Слова владельца" in refused.text
    assert "Слова Веры" in refused.text
    assert "А. Штольц" in refused.text.replace("\u00a0", " ")
    assert 'data-version="2"' in refused.text
    whole = vera.post(place, {"value": "Слова Веры", "version": "1"}, 409)
    assert "Оставить" in whole.text
    vera.post(place, {"value": "Слова Веры", "version": "2"}, 200, headers=AUTOSAVE)


def test_a_save_whose_answer_was_lost_may_be_sent_again(as_: As, made: Made) -> None:
    brief_id, vera = made(an_opened), as_("vera")
    for _ in range(2):
        vera.post(
            f"/briefs/{brief_id}/parts/success", {"value": "Одно и то же", "version": "1"}, 200, headers=AUTOSAVE,
        )


def test_a_bullet_pressed_meanwhile_is_no_conflict(as_: As, made: Made) -> None:
    brief_id, vera = made(an_opened), as_("vera")
    part = as_("owner").post(
        f"/briefs/{brief_id}/parts/success/departments", {"department": "media"}, 200, headers={"HX-Request": "true"},
    )
    assert 'aria-pressed="false"' in part.text
    vera.post(f"/briefs/{brief_id}/parts/success", {"value": "Слова", "version": "1"}, 200, headers=AUTOSAVE)


@pytest.mark.parametrize(("key", "form", "field"), [
    ("budget", {"amount": "много"}, "amount"),
    ("budget", {"amount": "1 000", "least": "2 000"}, "least"),
    ("deadline", {"value": "скоро"}, "value"),
    ("period", {"from": "2027-03-01", "until": "2027-02-01"}, "until"),
    ("rounds", {"value": "два"}, "value"),
    ("nda", {"value": "секрет"}, "value"),
    ("approver", {"value": "999"}, "value"),
])
def test_what_cannot_be_understood_is_said_beside_the_field(as_: As, made: Made, key: str, form, field: str) -> None:
    answer = as_("vera").post(
        f"/briefs/{made(an_opened)}/parts/{key}", {**form, "version": "1"}, 422, headers=AUTOSAVE,
    )
    assert answer.json["field"] == field
    assert answer.json["sentence"]


def test_every_kind_of_answer_is_kept_as_typed(app: Flask, as_: As, made: Made, cast: Cast) -> None:
    brief_id, vera = made(an_opened), as_("vera")
    irina = cast.persons["irina"]
    typed = {
        "budget": ({"amount": "2 700 000", "vat": "with", "inside": "всё"},
                   {"amount": 270_000_000, "least": None, "currency": "RUB", "vat": "with", "inside": "всё"}),
        "period": ({"from": "2027-02-15", "until": "2027-03-31"}, {"from": "2027-02-15", "until": "2027-03-31"}),
        "geo": ({"value": "Казань\r\n\r\nИннополис "}, ["Казань", "Иннополис"]),
        "legal": ({"value": ["children", "finance"]}, ["finance", "children"]),
        "approver": ({"value": str(irina)}, {"person_id": irina, "name": "Ирина Ветлугина"}),
        "audience": ({"segment": "семьи", "barrier": "холодно"}, {"segment": "семьи", "barrier": "холодно"}),
        "milestones": ({"r0-what": "", "r3-what": "Показ", "r3-when": "18.12"}, [{"what": "Показ", "when": "18.12"}]),
    }  # fmt: skip
    for key, (form, _value) in typed.items():
        vera.post(f"/briefs/{brief_id}/parts/{key}", {**form, "version": "1"}, 200, headers=AUTOSAVE)
    with app.app_context(), db_reading():
        for key, (_form, value) in typed.items():
            assert queries.part(brief_id, key).value == value, key
    vera.get(f"/briefs/{brief_id}/edit")
    vera.get(f"/briefs/{brief_id}")


def test_sending_with_gaps_lists_them_with_links(as_: As, made: Made) -> None:
    page = as_("vera").post(f"/briefs/{made(an_opened)}/sending", status=422).text
    assert "Пока не отправлено" in page
    assert 'href="#audience"' in page


def test_a_whole_brief_is_sent_and_then_only_read(app: Flask, as_: As, made: Made) -> None:
    brief_id, vera = made(cases.a_draft), as_("vera")
    page = vera.follow(vera.post(f"/briefs/{brief_id}/sending")).text
    assert "ждёт клиента" in page
    assert state_of(app, brief_id) == "sent"
    assert vera.get(f"/briefs/{brief_id}/edit", status=303).headers["Location"].endswith(f"/briefs/{brief_id}")
    vera.post(f"/briefs/{brief_id}/parts/success", {"value": "x", "version": "1"}, 409, headers=AUTOSAVE)
    vera.post(f"/briefs/{brief_id}/sending", status=409)


def test_withdrawn_and_opened_anew(app: Flask, as_: As, made: Made) -> None:
    brief_id, vera = made(cases.sent), as_("vera")
    vera.follow(vera.post(f"/briefs/{brief_id}/withdrawal"))
    page = vera.follow(vera.post(f"/briefs/{brief_id}/versions"))
    assert "TE-2026-014/Б2" in page.text


def test_the_clients_words_become_a_requirement_beside_a_part(as_: As, made: Made) -> None:
    brief_id, vera = made(an_opened), as_("vera")
    form = {"words": "набор выпечки домой к 7:30", "part": "product"}
    page = vera.follow(vera.post(f"/briefs/{brief_id}/requirements", form)).text
    assert "Т7" in page
    vera.post(f"/briefs/{brief_id}/requirements", {"words": " "}, 422)


def test_marks_are_put_and_taken(app: Flask, as_: As, made: Made) -> None:
    brief_id, vera = made(an_opened), as_("vera")
    with app.app_context(), db_reading():
        brief = queries.get(brief_id)
        row = str(queries.unsorted(brief, queries.statements(brief))[0].id)
    place = f"/briefs/{brief_id}/parts/product/marks"
    answer = vera.post(place, {"requirement": row}, 200, headers={"HX-Request": "true"})
    assert "в брифе" in answer.text
    vera.post(place, {"requirement": row, "off": "1"})
    vera.post(place, {"requirement": "9999"}, 422)


def test_the_split_page_hands_out_and_the_head_answers(app: Flask, as_: As, made: Made, cast: Cast) -> None:
    client_id, vera = made(cases.approved), as_("vera")
    assert "Разделить" in vera.get(f"/briefs/{client_id}/split").text
    page = vera.follow(vera.post(f"/briefs/{client_id}/split")).text
    assert "TE-2026-014/Б1-К" in page
    with app.app_context(), unit():
        creative = queries.newest(queries.get(client_id).project_id, "creative")
        row = requirements.of(creative.project_id)[0].id
        creative_id = creative.id
    pressed = vera.post(
        f"/briefs/{creative_id}/given", {"requirement": str(row)}, 200, headers={"HX-Request": "true"},
    )
    assert 'aria-pressed="true"' in pressed.text
    vera.post(f"/briefs/{creative_id}/given", {"part": "budget"})
    vera.post(f"/briefs/{creative_id}/sending", status=422)
    with app.app_context(), unit():
        cases.fill(queries.get(creative_id), cases.CREATIVE, cast.actor("vera"))
    vera.get(f"/briefs/{creative_id}/edit")
    vera.follow(vera.post(f"/briefs/{creative_id}/sending"))
    head = as_("head_creative")
    assert "Как вы поняли задачу" in head.get(f"/briefs/{creative_id}").text
    head.post(f"/briefs/{creative_id}/acceptance", {"read_back": ""}, 422)
    head.post(f"/briefs/{creative_id}/return", {"reason": ""}, 422)
    page = head.follow(head.post(f"/briefs/{creative_id}/acceptance", {"read_back": "Поняли так: забота"})).text
    assert "Поняли так: забота" in page
    vera.get(f"/briefs/{client_id}/split")
    vera.get(f"/briefs/{client_id}")


def test_a_returned_department_brief_comes_back_as_a_draft_with_the_words(as_: As, made: Made) -> None:
    brief_id, head = made(cases.issued), as_("head_creative")
    head.follow(head.post(f"/briefs/{brief_id}/return", {"reason": "Нет размеров баннеров"}))
    page = as_("vera").get(f"/briefs/{brief_id + 3}/edit").text
    assert "Нет размеров баннеров" in page


def test_who_may_not_see_a_brief_does_not_find_it(as_: As, made: Made) -> None:
    brief_id = made(cases.issued)
    for who in ("head_media", "oleg", "irina", "stranger", "finance", "seo"):
        as_(who).get(f"/briefs/{brief_id}", status=404)
        as_(who).post(f"/briefs/{brief_id}/acceptance", {"read_back": "я"}, 404)
    as_("vera").post(f"/briefs/{brief_id}/acceptance", {"read_back": "я"}, 403)


def test_a_head_reads_the_common_brief_and_changes_nothing(as_: As, made: Made) -> None:
    brief_id, head = made(an_opened), as_("head_media")
    head.get(f"/briefs/{brief_id}")
    head.get(f"/briefs/{brief_id}/edit", status=403)
    head.post(f"/briefs/{brief_id}/parts/success", {"value": "x", "version": "1"}, 403, headers=AUTOSAVE)
    head.post(f"/briefs/{brief_id}/sending", status=403)


def test_a_client_sees_only_what_was_sent(as_: As, made: Made) -> None:
    brief_id = made(cases.a_draft)
    as_("irina").get(f"/briefs/{brief_id}", status=404)


def test_the_paper_is_wanted_and_its_row_stands_on_the_page(as_: As, made: Made) -> None:
    brief_id, vera = made(cases.a_draft), as_("vera")
    page = vera.follow(vera.post(f"/briefs/{brief_id}/documents")).text
    assert "document-" in page


def test_the_kind_of_production_chooses_its_questions(app: Flask, as_: As, made: Made) -> None:
    made(cases.issued)
    vera = as_("vera")
    with app.app_context(), db_reading():
        brief = next(one for one in db.session.query(Brief) if one.department == "production")
        brief_id = brief.id
    assert "Тираж" not in vera.get(f"/briefs/{brief_id}/edit").text
    vera.post(f"/briefs/{brief_id}/parts/kind", {"value": ["video", "print"], "version": "1"})
    page = vera.get(f"/briefs/{brief_id}/edit").text
    assert "Тираж" in page
    assert "Хронометраж" in page
