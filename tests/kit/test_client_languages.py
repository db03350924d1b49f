"""What can reach a client is said in all four languages; what it is, is found by following the code."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask

from agency.flow.briefs import catalogue, lint
from agency.kit import words
from agency.kit.words import CLIENT, in_words, ngettext, typo, using
from tests.house import told_to_clients
from tests.house.library_words import said_by_the_library
from tests.house.sentences import PLACEHOLDER, forms, key, said, short, translated

OTHERS = ("ru", "cs", "pl")
NAMES = re.compile(r"%\(\w+\)[sd]|<[^>]*>|\{\w+\}")
ENDINGS = {"cs": "“", "pl": "”"}


@pytest.fixture
def told(app: Flask) -> frozenset[told_to_clients.Key]:
    return told_to_clients.keys(app)


def test_the_search_reaches_what_clients_read_and_leaves_out_what_they_do_not(told):
    spoken = {sentence for _context, sentence in told}
    assert {
        "Tell us about your task",  # the request page
        "Approve for %(sum)s",  # a decision
        "To pay",  # paper
        "The estimate is ready: %(sum)s",  # a letter
        "There is no such page",  # an error
        "%(who)s approved brief %(number)s",  # a fact
        "on plan", "Landing page", "Concept", "after the act", "Field cannot be longer than %(max)d character.",
    } <= spoken  # fmt: skip
    assert spoken.isdisjoint({"My day", "Margin", "Planned cost", "Board", "Capture a request", "Colleagues"})


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_for_clients_is_translated(language, told):
    known = {key(message) for _path, message in translated(language)}
    assert sorted(told - known, key=str) == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_counted_for_clients_has_three_forms(language, told):
    counted = {one.key: one.plural for one in [*said(), *said_by_the_library()] if one.plural and one.key in told}
    found = {key(message): message for _path, message in translated(language)}
    wrong = [
        one for one, many in counted.items()
        if not found[one].pluralizable or found[one].id[1] != many or len(forms(found[one])) != 3
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["cs", "pl"])
def test_nothing_is_translated_that_nobody_says(language, told):
    spoken = told | {one.key for one in said()}
    assert [f"{short(path)}: {key(row)[1]}" for path, row in translated(language) if key(row) not in spoken] == []


@pytest.mark.parametrize("language", ["cs", "pl"])
def test_translations_for_clients_are_set_as_the_language_sets_them(language):
    poor = []
    for path, message in translated(language):
        for form in forms(message):
            bare = NAMES.sub("", form)
            if re.search(r"[\u0400-\u04ff«»№\"'’]", bare) or bare.count("„") != bare.count(ENDINGS[language]):
                poor.append(f"{short(path)}: {form}")
    assert poor == []


@pytest.mark.parametrize("language", CLIENT)
def test_every_word_of_the_brief_types_is_there(language):
    kinds = catalogue.load(catalogue.FOLDER)
    said = {kind.code: kind.name for kind in kinds}
    for kind in kinds:
        for field in kind.fields:
            choices = [*kind.sections, *field.options, *field.columns]
            said |= {f"{kind.code}.{field.code}.{one.code}": one.label for one in choices}
            said |= {f"{kind.code}.{field.code}": field.label, f"{kind.code}.{field.code} hint": field.hint}
    assert [place for place, label in said.items() if label and not label.get(language)] == []


@pytest.mark.parametrize("language", CLIENT)
def test_a_brief_is_looked_over_by_the_words_of_its_own_language(language):
    found = lint.lexicon(language)
    assert set(found) == set(lint.lexicon("ru"))
    assert language == "en" or found["why"] != lint.lexicon("en")["why"]


@pytest.mark.parametrize(
    ("language", "goal"),
    [
        ("ru", "Поднять знание с 0 до 15 % к 31 марта"), ("en", "Raise awareness from 0 to 15% by 31 March"),
        ("cs", "Zvýšit znalost z 0 na 15 % do 31. března"), ("pl", "Zwiększyć znajomość od 0 do 15% do 31 marca"),
    ],
)  # fmt: skip
def test_a_good_objective_raises_no_word_in_its_own_language(language, goal):
    field = catalogue.find("client").field("comm_goal")
    assert lint.warnings(lint.Asked(field, goal, language, 30, 15)) == []


@pytest.mark.parametrize(
    ("language", "told_as"),
    [
        ("ru", ["1 отдел", "2 отдела", "5 отделов", "12 отделов", "22 отдела", "101 отдел"]),
        ("en", ["1 department", *(f"{n} departments" for n in (2, 5, 12, 22, 101))]),
        ("cs", [f"{n} oddělení" for n in (1, 2, 5, 12, 22, 101)]),
        ("pl", ["1 dział", "2 działy", "5 działów", "12 działów", "22 działy", "101 działów"]),
    ],
)
def test_counted_things_take_the_form_of_their_number(language, told_as):
    with using(language):
        assert [ngettext("%(num)s department", "%(num)s departments", n) for n in (1, 2, 5, 12, 22, 101)] == told_as


def test_czech_counts_few_only_from_two_to_four():
    with using("cs"):
        found = [ngettext("%(num)s work", "%(num)s works", n) for n in (1, 2, 4, 5, 22)]
    assert found == ["1 položka", "2 položky", "4 položky", "5 položek", "22 položek"]


@pytest.mark.parametrize(
    ("language", "amount", "currency", "spelled"),
    [
        ("ru", 66_146_416, "RUB", "Шестьсот шестьдесят одна тысяча четыреста шестьдесят четыре рубля 16 копеек"),
        ("en", 977_950, "EUR", "nine thousand seven hundred seventy-nine euros and 50 cents"),
        ("cs", 17_123_383, "CZK", "sto sedmdesát jeden tisíc dvě stě třicet tři korun 83 haléřů"),
        ("cs", 100_001, "CZK", "jeden tisíc korun 01 haléř"),
        ("cs", 200_200, "CZK", "dva tisíce dvě koruny 00 haléřů"),
        ("pl", 1_234_567, "PLN", "dwanaście tysięcy trzysta czterdzieści pięć złotych 67/100"),
        ("pl", 2_200_200, "PLN", "dwadzieścia dwa tysiące dwa złote 00/100"),
        ("pl", 100, "PLN", "jeden złoty 00/100"),
    ],
)  # fmt: skip
def test_amounts_are_spelled_as_the_documents_of_each_country_do(language, amount, currency, spelled):
    assert in_words(amount, currency, language) == spelled


@pytest.mark.parametrize(
    ("language", "quoted", "set_with_care"),
    [
        ("ru", "«Утро „вдвоём“»", "к\u00a01\u00a0мая"), ("en", "“Утро «вдвоём»”", "к 1\u00a0мая"),
        ("cs", "„Утро «вдвоём»“", None), ("pl", "„Утро «вдвоём»”", None),
    ],
)  # fmt: skip
def test_somebodys_words_stand_in_the_marks_of_the_language(language, quoted, set_with_care):
    with using(language):
        assert words.quoted("Утро «вдвоём»") == quoted
        assert set_with_care is None or typo("к 1 мая") == set_with_care


def test_short_words_of_czech_and_polish_do_not_end_a_line():
    with using("cs"):
        assert typo("v Praze a k tomu 15 000 Kč") == "v\u00a0Praze a\u00a0k\u00a0tomu 15\u00a0000\u00a0Kč"
    with using("pl"):
        assert typo("w Warszawie i z nami") == "w\u00a0Warszawie i\u00a0z\u00a0nami"


@pytest.mark.parametrize(
    ("language", "told_as"),
    [
        ("ru", ["18.12.2026", "18.12"]), ("en", ["18\u00a0Dec\u00a02026", "18\u00a0Dec"]),
        ("cs", ["18.\u00a012.\u00a02026", "18.\u00a012."]), ("pl", ["18.12.2026", "18.12"]),
    ],
)  # fmt: skip
def test_a_day_in_a_subject_line_is_written_as_the_language_writes_it(language, told_as):
    with using(language):
        assert [words.day_in_figures(date(2026, 12, 18), year=year) for year in (True, False)] == told_as


def test_every_placeholder_of_a_client_sentence_is_one_of_the_original(told):
    originals = {sentence: set(PLACEHOLDER.findall(sentence)) for _context, sentence in told}
    wrong = [
        f"{short(path)}: {form}" for language in OTHERS for path, message in translated(language)
        if key(message) in told for form in forms(message)
        if not message.pluralizable and set(PLACEHOLDER.findall(form)) != originals[key(message)[1]]
    ]
    assert wrong == []
