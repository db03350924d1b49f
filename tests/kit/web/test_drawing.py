"""What is drawn out of plain values is kept, apart for each language and for each place of the site."""

import pytest
from flask import Flask, url_for
from markupsafe import Markup

from agency.kit.web import drawn_once, macro
from agency.kit.words import _, using

drawn: list[str] = []


@drawn_once(2)
def _piece(name: str) -> str:
    drawn.append(name)
    return f"{_('Download')} {name} {url_for('static', filename='x')}"


@pytest.fixture(autouse=True)
def _none() -> None:
    drawn.clear()


def test_a_piece_is_drawn_once_for_what_it_says(app: Flask) -> None:
    with app.test_request_context("/"), using("en"):
        assert _piece("one") == _piece("one")
        _piece("two")
    assert drawn == ["one", "two"]


def test_neither_a_language_nor_a_prefix_gets_the_piece_of_another(app: Flask) -> None:
    said = set()
    for root in ("", "/agency"):
        for language in ("en", "ru"):
            with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}), using(language):
                said.add(_piece("three"))
    assert len(said) == 4


def test_no_more_is_kept_than_was_said(app: Flask) -> None:
    with app.test_request_context("/"), using("en"):
        for name in ("four", "five", "six", "four"):
            _piece(name)
    assert drawn == ["four", "five", "six", "four"]


def test_what_a_macro_is_told_is_escaped(app: Flask) -> None:
    with app.test_request_context("/"), using("en"):
        chip = macro("_macros/marks.html", "chip")("", "", 'O\'Neil "&\n<b>')
    assert isinstance(chip, Markup)
    assert "O&#39;Neil &#34;&amp;\n&lt;b&gt;" in chip
