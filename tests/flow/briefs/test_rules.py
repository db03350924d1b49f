"""The pure rules of briefs: what an answer is, readiness, score, and the soft warnings."""

from datetime import date
from typing import Any

import pytest

from agency.flow.briefs import catalogue, lint, score
from agency.flow.briefs.answers import fitted, is_answered, words_of
from agency.flow.briefs.catalogue import Field
from agency.flow.briefs.completeness import asked, readiness
from agency.kit.words import using
from tests.flow.briefs.cases import CLIENT

WHOLE = CLIENT | {
    "title": "Утро", "client_brand": "Ёж", "contact": {"person_id": 1, "name": "И"}, "background": "Письмо",
    "approver": {"person_id": 1, "name": "И"}, "deadline": "2027-03-31",
    "budget": {"amount": 1, "least": None, "currency": "RUB", "vat": "with", "inside": "всё"},
}


def field(code: str, kind: str = "client") -> Field:
    found = catalogue.find(kind).field(code)
    assert found is not None
    return found


@pytest.mark.parametrize(("code", "value", "answered"), [
    ("title", "Утро", True), ("title", " — ", False), ("title", "?", False), ("title", None, False),
    ("geo", [], False), ("geo", ["-"], False), ("geo", ["Казань"], True),
    ("budget", {"amount": None, "vat": "with"}, False), ("budget", {"amount": 0}, True),
    ("period", {"from": "2027-02-15", "until": ""}, False),
    ("period", {"from": "2027-02-15", "until": "2027-03-31"}, True),
    ("approver", {"name": "кто-то"}, False), ("audience", {"barrier": "дорого"}, False),
    ("audience", {"segment": "семьи"}, True), ("kpi", [{"metric": "", "target": "5"}], False),
])
def test_what_counts_as_an_answer(code: str, value: Any, answered: bool) -> None:
    assert is_answered(field(code), value) is answered


def test_readiness_is_the_weighted_share_and_full_only_when_nothing_is_missing() -> None:
    fields = catalogue.find("client").fields
    whole = readiness(fields, WHOLE, "RU")
    assert (whole.percent, whole.missing) == (100, ())
    without = readiness(fields, WHOLE | {"approver": None}, "RU")
    assert [one.code for one in without.missing] == ["approver"]
    assert 0 < without.percent < 100
    assert readiness(fields, {}, "RU").percent == 0


def test_only_the_questions_of_the_chosen_work_and_country_are_asked() -> None:
    production, media = catalogue.find("production").fields, catalogue.find("media").fields
    plain = {one.code for one in asked(production, {}, "RU")}
    printed = {one.code for one in asked(production, {"kind": ["print"]}, "RU")}
    assert "run" not in plain
    assert {"run", "trim"} <= printed
    assert "duration" not in printed
    assert "erid" in {one.code for one in asked(media, {}, "RU")}
    assert "erid" not in {one.code for one in asked(media, {}, "CZ")}


def test_the_score_shows_its_rules_and_opens_the_gate_at_eighty() -> None:
    fields = catalogue.find("client").fields
    full = score.of_client(WHOLE, readiness(fields, WHOLE, "RU"))
    assert (full.total, full.is_enough) == (100, True)
    assert sum(line.points for line in full.lines) == 100
    weak = WHOLE | {"business_goal": "Расти", "budget": {"amount": 1, "currency": "RUB"}}
    found = score.of_client(weak, readiness(fields, weak, "RU"))
    assert (found.total, found.is_enough) == (75, False)
    assert [line.is_met for line in found.lines] == [True, False, True, False, True, True]


def test_a_departments_score_wants_requirements() -> None:
    ready = readiness(catalogue.find("creative").fields, {}, "RU")
    assert score.of_department(ready, 0).total == 0
    assert score.of_department(ready, 2).total == 20


GOOD = {
    "business_goal": "Поднять знание с 12 % до 18 % к 31.03.2027",
    "key_message": "Тёплый завтрак у двери раньше второго будильника",
    "audience": {"segment": "молодые родители", "behaviour": "завтракают на бегу", "barrier": "не верят в доставку"},
    "insight": "Хочу быть хорошим родителем, но у меня на это 12 минут",
    "kpi": [{"metric": "CPA", "source": "Метрика"}],
    "budget": {"amount": 1, "vat": "with", "inside": "размещение"},
    "deliverables": [{"name": "Баннер", "qty": "18 шт."}],
    "files": "Логотип в векторе, брендбук",
    "competitors": [{"name": "Булка", "like": "упаковка: видно хлеб"}],
}
BAD = {
    "business_goal": ("Стать лучше", 3),
    "comm_goal": ("Увеличить продажи с 1 до 2 к маю", 1),
    "key_message": ("Вкусно и быстро", 1),
    "audience": ({"segment": "все 18-65"}, 3),
    "insight": ("Люди едят утром", 1),
    "kpi": ([{"metric": "CPA", "source": ""}], 1),
    "budget": ({"amount": 1, "vat": "", "inside": ""}, 2),
    "deliverables": ([{"name": "Баннер", "qty": ""}], 1),
    "files": ("фотографии", 2),
    "competitors": ([{"name": "Булка", "like": "красиво"}], 1),
}


@pytest.mark.parametrize("code", GOOD)
def test_a_careful_answer_is_not_nagged_about(code: str) -> None:
    assert lint.warnings(lint.Asked(field(code), GOOD[code], "ru")) == []


@pytest.mark.parametrize("code", BAD)
def test_a_loose_answer_is_warned_about(code: str) -> None:
    value, warnings = BAD[code]
    assert len(lint.warnings(lint.Asked(field(code), value, "ru"))) == warnings


@pytest.mark.parametrize("text", [
    "Пароль: qwerty", "карта 4111 1111 1111 1111", "паспорт 4509 123456", "login: admin password: admin",
])
def test_secrets_are_noticed_in_any_answer(text: str) -> None:
    language = "en" if "login" in text else "ru"
    assert len(lint.warnings(lint.Asked(field("notes"), text, language))) == 1
    assert lint.warnings(lint.Asked(field("notes"), "ИНН 9999123456, звонить 8 800 000 00 00", "ru")) == []


@pytest.mark.parametrize(("code", "kind", "value", "warnings"), [
    ("rtb", "creative", [{"reason": "вкусно", "proof": ""}], 1),
    ("rtb", "creative", [{"reason": "печь за 40 минут", "proof": ""}], 0),
    ("tone", "creative", ["дерзкий"], 2),
    ("tone", "creative", ["дерзкий, но не грубый", "тёплый", "простой"], 0),
    ("erid", "media", [{"advertiser": "ООО «Ёж»", "inn": "", "kktu": ""}], 1),
    ("smp", "creative", "Одна мысль. И вторая.", 1),
])
def test_crafts_have_their_own_rules(code: str, kind: str, value: Any, warnings: int) -> None:
    assert len(lint.warnings(lint.Asked(field(code, kind), value, "ru"))) == warnings


def test_a_deadline_counts_working_days() -> None:
    monday = date(2026, 11, 23)
    left = lint.working_days_until(date(2026, 11, 30), monday, lambda day: day.weekday() < 5)
    assert left == 5
    assert lint.working_days_until(date(2026, 11, 20), monday, lambda _day: True) == -1
    short = lint.warnings(lint.Asked(field("deadline"), "2026-11-30", "ru", left, 15))
    with using("en"):
        assert "5 working days" in str(lint.warnings(lint.Asked(field("deadline"), "2026-11-30", "ru", left, 15))[0])
    assert len(short) == 1
    assert lint.warnings(lint.Asked(field("deadline"), "2027-03-31", "ru", 80, 15)) == []


def test_a_clients_answer_begins_the_craft_question_it_fits() -> None:
    assert fitted(["Казань"], field("geo"), field("geo", "media")) == [{"place": "Казань", "share": ""}]
    assert fitted([{"metric": "CPA", "target": "420", "source": "CRM", "date": "март"}], field("kpi"),
                  field("kpi", "media")) == [{"metric": "CPA", "target": "420", "source": "CRM"}]  # fmt: skip
    assert fitted("Слова", field("insight"), field("insight", "creative")) == "Слова"
    assert fitted("Слова", field("insight"), field("kpi", "media")) is None
    assert list(words_of({"a": ["x", {"b": "y"}], "n": 5})) == ["x", "y"]
