"""The guides speak of what is there: every page, picture, address, key and word of the product that they name."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from agency.overview.site import frame

TOP = Path(__file__).parents[2]
GUIDE = TOP / "docs/guide"
PAGES = sorted(GUIDE.rglob("*.md"))
LINK, BOLD, CODE = re.compile(r"\]\(([^)#\s]+)"), re.compile(r"\*\*(.+?)\*\*", re.S), re.compile(r"`([^`]+)`")
KEY = re.compile(r"<kbd>([^<{]+)</kbd>")
LONGEST, HEAVIEST = 120, 120_000


def _named(pattern: re.Pattern[str], page: Path) -> list[str]:
    return [" ".join(found.split()) for found in pattern.findall(page.read_text())]


@cache
def _words(language: str) -> frozenset[str]:
    """What the product says in a language; English is what its words are called."""
    return frozenset(" ".join(said.split()) for said in _said(language))


def _said(language: str) -> Iterator[str]:
    for path in (TOP / "agency/translations/ru").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                said = message.id if language == "en" else message.string
                yield from (said,) if isinstance(said, str) else said


@cache
def _keys() -> frozenset[str]:
    named = KEY.findall((TOP / "templates/_macros/_keys.html").read_text())
    return frozenset({*named, "G", *re.findall(r'"([A-Z])"', Path(frame.__file__).read_text())})


def test_the_readme_leads_to_the_guides_and_they_to_seven_people_in_two_languages() -> None:
    assert "](docs/guide/README.md)" in (TOP / "README.md").read_text()
    russian, english = ({page.name for page in (GUIDE / code).glob("*.md")} for code in ("ru", "en"))
    assert russian == english
    assert len(russian) == 7
    assert {f"{code}/{name}" for code in ("ru", "en") for name in russian} == set(_named(LINK, GUIDE / "README.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(GUIDE)))
def test_a_guide_is_short_and_names_only_what_is_there(page: Path, app: Flask) -> None:
    assert len(page.read_text().splitlines()) <= LONGEST
    for link in _named(LINK, page):
        assert (page.parent / link).exists(), link
    for said in _named(BOLD, page):
        assert said in _words(page.parent.name), said
    for said in _named(CODE, page) if page.parent != GUIDE else ():
        assert _is_page(app, said) if said.startswith("/") else set(said.split()) <= _keys(), said


def _is_page(app: Flask, address: str) -> bool:
    try:
        return bool(app.url_map.bind("localhost").match(address, "GET"))
    except (RequestRedirect, HTTPException):
        return False


def test_every_picture_is_light_and_shown_on_some_page() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in _named(LINK, page)}
    for picture in GUIDE.rglob("*.png"):
        assert picture.stat().st_size <= HEAVIEST, picture.name
        assert picture.resolve() in shown, picture.name
