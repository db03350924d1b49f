"""Everything the product says is said in Russian too, completely and in one place."""

from __future__ import annotations

import re
from collections import defaultdict
from fnmatch import fnmatch

import pytest
from jinja2 import Environment

from agency.kit import words
from agency.kit.language.catalogues import po_files, read
from tests.house import sentences
from tests.house.sentences import PLACEHOLDER, forms, key, said, short, translated

COMPLETE = ("ru",)
PLURAL_FORMS = {"ru": 3, "cs": 3, "pl": 3}
LANGUAGES = [language for language in PLURAL_FORMS if po_files(language)]
MAY_SPEAK_RUSSIAN = {
    "agency/kit/language/*": "knows the languages: months, numerals, short words",
    "agency/kit/pdf/press.py": "draws a sample of Cyrillic to warm the fonts up",
    "agency/overview/site/frame.py": "every language is named in itself",
    "agency/people/accounts/passwords.py": "some common passwords are Russian words",
    "templates/components/*": "the page of parts shows them filled with real Russian text",
    "agency/entrypoints/cli/demo/*": "the demo agency is a Russian one and its people write Russian",
}


def allowed(place: str) -> bool:
    return any(fnmatch(place.partition(":")[0], pattern) for pattern in MAY_SPEAK_RUSSIAN)


@pytest.fixture
def everything():
    return said()


@pytest.mark.parametrize("language", COMPLETE)
def test_every_sentence_is_translated(language, everything):
    known = {key(message) for _path, message in translated(language)}
    missing = defaultdict(list)
    for sentence in everything:
        if sentence.key not in known:
            missing[sentence.key[1]].append(sentence.place)
    assert not missing, "\n".join(f"{sentence!r} in {', '.join(places)}" for sentence, places in missing.items())


@pytest.mark.parametrize("language", COMPLETE)
def test_counted_sentences_are_translated_as_counted_ones(language, everything):
    plurals = {key(message): message.id[1] if message.pluralizable else None for _path, message in translated(language)}
    wrong = [f"{s.place}: {s.key[1]}" for s in everything if s.key in plurals and plurals[s.key] != s.plural]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_fuzzy_empty_or_short_of_a_form(language):
    poor = [
        f"{short(path)}: {key(message)[1]}"
        for path, message in translated(language)
        if message.fuzzy
        or not all(forms(message))
        or (message.pluralizable and len(forms(message)) != PLURAL_FORMS[language])
    ]
    assert not poor, "\n".join(poor)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_declares_the_plural_forms_of_its_language(language):
    wrong = [short(path) for path in po_files(language) if read(path, language).num_plurals != PLURAL_FORMS[language]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders(language):
    wrong = []
    for path, message in translated(language):
        ids = message.id if message.pluralizable else (message.id,)
        asked = {name for text in ids for name in PLACEHOLDER.findall(text)}
        wrong += [f"{short(path)}: {form}" for form in forms(message) if set(PLACEHOLDER.findall(form)) != asked]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_can_be_filled_in(language):
    wrong = []
    for path, message in translated(language):
        for text in [*(message.id if message.pluralizable else (message.id,)), *forms(message)]:
            names = PLACEHOLDER.findall(text)
            without = text.replace("%%", "") if names else text
            if (names and "%" in PLACEHOLDER.sub("", without)) or (not names and "%%" in text):
                wrong.append(f"{short(path)}: {text}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_sentence_has_one_translation(language):
    found = defaultdict(set)
    for _path, message in translated(language):
        found[key(message)].add(forms(message))
    assert {sentence: ways for sentence, ways in found.items() if len(ways) > 1} == {}


def test_only_literal_sentences_are_translated():
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])
    words.install(environment)
    code = [path for path in sentences.code() if not short(path).startswith(sentences.SPOKEN_BY)]
    found = [place for path in code for place in sentences.unliteral_code(path)]
    found += [place for path in sentences.templates() for place in sentences.unliteral_template(path, environment)]
    assert not found, "\n".join(found)


def test_no_russian_stands_outside_the_translations():
    found = [place for path in sentences.code() for place in sentences.cyrillic_in_code(path)]
    for path in [*sentences.templates(), *sentences.scripts()]:
        found += sentences.cyrillic_in_text(path)
    strange = [place for place in found if not allowed(place)]
    assert not strange, "\n".join(strange)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_set_with_care(language):
    poor = []
    for path, message in translated(language):
        for form in forms(message):
            if "..." in form or " - " in form or (language == "ru" and '"' in PLACEHOLDER.sub("", _bare(form))):
                poor.append(f"{short(path)}: {form}")
    assert not poor, "\n".join(poor)


def _bare(form: str) -> str:
    """A sentence without its tags, whose attributes stand in straight quotes."""
    return re.sub(r"<[^>]*>", "", form)


def test_the_search_finds_what_it_is_for(tmp_path, monkeypatch):
    (tmp_path / "templates").mkdir()
    (tmp_path / "agency").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        '{{ _("One") }}{{ ngettext("%(num)s a", "%(num)s b", n) }}'
        '{% trans %}Two{% endtrans %}{{ pgettext("c", "Three") }}'
    )
    (tmp_path / "agency" / "a.py").write_text(
        'A = lazy("Four")\nB = lazy_in("c", "Five")\nC = "Шесть"\nD = _(A)\n', "utf-8"
    )
    monkeypatch.setattr(sentences, "ROOT", tmp_path)
    assert {(s.key, s.plural) for s in said.__wrapped__()} == {
        ((None, "One"), None),
        ((None, "%(num)s a"), "%(num)s b"),
        ((None, "Two"), None),
        (("c", "Three"), None),
        ((None, "Four"), None),
        (("c", "Five"), None),
    }
    module = tmp_path / "agency" / "a.py"
    assert sentences.cyrillic_in_code(module) == ["agency/a.py:3"]
    assert sentences.unliteral_code(module) == ["agency/a.py:4"]
