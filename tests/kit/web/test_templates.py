"""Templates are set once a language; what depends on the reader is not."""

from collections.abc import Callable

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from agency.kit.web.assets import asset
from agency.kit.words import LOCALES, using

SPOKEN = """{{ _("Download") }}, {{ pgettext("department", "Media") }}, {{ locale() }}, {{ icon("get") }},
{% if locale() == "ru" %}по-русски{% else %}not in Russian{% endif %} {{ ngettext("%(num)s day", "%(num)s days", n) }}
{{ _("%(hours)s h", hours=x) }} {{ icon(x, x) }} {{ icon("get", _("Download")) }} {{ icon(x) }}"""
MAYBE = "a{{ x if x }}{{ 'y' if x }}"
DICT = "{{ row.name }} {{ row.items()|length }} {{ row.nothing }} {{ 'ok' if row.nothing is not defined }}"
CALL = """{% macro b(x, n="-") %}<b>{{ x }}{{ n }}</b>{% endmacro %}{% macro round() %}[{{ caller() }}]{% endmacro -%}
{{ b(who, n) }}{{ b(who) }}{% call round() %}{{ up(who) }}{% endcall %} {% for i in range(1) %}{{ n|string }}
{%- endfor %}"""
LETTER = '{{ _("Only what is yours & mine") }} {{ _("%(hours)s h", hours=x) }}'
MANY = """{% macro b(x, n="-", last="!") %}{{ x }}{{ n }}{{ last }}{% endmacro -%}
{{ b(1) }} {{ b(1, last=who) }} {{ b(x=1, n=2, last=3) }} {{ b(1, 2, 3) }}"""
FREE = """{% macro b(x) %}{{ x }}{{ varargs|join }}{{ kwargs|join }}{% endmacro %}{{ b(1, 2, y=3) }}"""
WRONG = "{% macro b(x) %}{{ x }}{% endmacro %}{{ b("
Draw = Callable[..., str]


@pytest.fixture
def draw(app: Flask) -> Draw:
    app.jinja_env.loader = ChoiceLoader([
        DictLoader({
            "said.html": SPOKEN, "said.txt": LETTER, "part.html": "{% include 'said.html' %}", "maybe.html": MAYBE,
            "dict.html": DICT, "call.html": CALL, "many.html": MANY, "many.txt": MANY, "free.html": FREE,
            "more.html": WRONG + "1, 2) }}", "other.html": WRONG + "1, y=2) }}", "twice.html": WRONG + "1, x=2) }}",
        }),
        app.jinja_env.loader,
    ])  # type: ignore[list-item]

    def drawn(name: str, **values: object) -> str:
        with app.app_context():
            return app.jinja_env.get_template(name).render(values)

    return drawn


def test_each_language_has_its_own_setting_of_a_template(draw: Draw) -> None:
    said = {}
    for _again in range(2):
        for language in LOCALES:
            with using(language):
                said[language] = draw("part.html", x=2, n=3)
                assert said[language].split(", ")[2] == language
    assert said["ru"].startswith("Скачать, Медиа, ru, ")
    assert said["en"].startswith("Download, Media, en, ")
    assert "по-русски" in said["ru"]
    assert "по-русски" not in said["cs"]
    assert len(set(said.values())) == len(LOCALES)


def test_what_comes_from_outside_is_escaped_and_stays_new(draw: Draw) -> None:
    with using("en"):
        evil = draw("said.html", x='"<b>', n=1)
        assert '"<b>' not in evil
        assert f'aria-label="&#34;&lt;b&gt;"><use href="{asset("icons.svg")}#i-&#34;&lt;b&gt;"/>' in evil
        assert "7 h" in draw("said.html", x=7, n=1)
        assert "8 h" in draw("said.html", x=8, n=1)


def test_a_letter_in_plain_text_is_not_escaped(draw: Draw) -> None:
    with using("en"):
        assert draw("said.txt", x="<b>") == "Only what is yours & mine <b> h"


def test_a_condition_without_another_side_leaves_nothing(draw: Draw) -> None:
    assert draw("maybe.html", x="") == "a"
    assert draw("maybe.html", x="<") == "a&lt;y"


def test_a_dict_is_read_by_its_keys_and_keeps_its_methods(draw: Draw) -> None:
    row = {"name": "<Ёж>", "items": "never", "one": 1}
    assert draw("dict.html", row=row) == "&lt;Ёж&gt; 3  ok"


def test_functions_and_macros_are_called_as_everywhere(draw: Draw) -> None:
    assert draw("call.html", n=2, up=str.upper, who="<я>") == "<b>&lt;я&gt;2</b><b>&lt;я&gt;-</b>[&lt;Я&gt;] 2"


def test_a_macro_takes_its_arguments_by_place_and_by_name(draw: Draw) -> None:
    assert draw("many.html", who="<я>") == "1-! 1-&lt;я&gt; 123 123"
    assert draw("many.txt", who="<я>") == "1-! 1-<я> 123 123"
    assert draw("free.html") == "12y"


@pytest.mark.parametrize("name", ["more.html", "other.html", "twice.html"])
def test_a_macro_refuses_what_it_does_not_know(draw: Draw, name: str) -> None:
    with pytest.raises(TypeError, match="macro 'b' takes"):
        draw(name)
