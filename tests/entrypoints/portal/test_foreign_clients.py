"""A Czech and a Polish client get every page, paper and letter in their language, with nothing of another one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from agency.attached.documents import paper
from agency.attached.documents.models import Document
from agency.kit import db as database
from agency.kit import pdf
from agency.kit.db import db
from agency.kit.pdf.limits import Limits
from agency.kit.words import initials
from agency.people.accounts import queries as persons
from tests.cast import Cast
from tests.entrypoints.portal import foreign
from tests.entrypoints.portal.foreign import Abroad
from tests.entrypoints.portal.spoken import CZECH, POLISH
from tests.house import told_to_clients
from tests.house.sentences import PLACEHOLDER, forms, translated
from tests.pages import Visitor
from tests.walk.stage import Holder

As = Callable[[str | None], Visitor]
CYRILLIC = re.compile("[\u0400-\u04ff]+")
# Words that begin or join English sentences and are nothing in Czech or Polish.
ENGLISH = re.compile(r"\b(the|and|you|your|with|of|is|are|this|what|here|it|from|for)\b", re.IGNORECASE)


class Words(HTMLParser):
    """What a reader of a page reads or hears."""

    SPOKEN = ("aria-label", "title", "alt", "placeholder", "data-l", "value")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.quiet = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.quiet += tag in ("script", "style")
        given = dict(attrs)
        self.found += [given[name] or "" for name in self.SPOKEN if given.get(name) and given.get("type") != "hidden"]
        self.found += [value or "" for name, value in attrs if name.startswith("data-text-")]

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.quiet and data.strip():
            self.found.append(data.strip())


@pytest.fixture(params=[CZECH, POLISH], ids=["Czech", "Polish"])
def abroad(request: pytest.FixtureRequest, app: Flask, cast: Cast) -> Abroad:
    with app.app_context(), database.unit():
        return foreign.live(cast, request.param)


@pytest.fixture
def check(app: Flask, cast: Cast, abroad: Abroad) -> Callable[[str], None]:
    """Fail when a text holds Russian or English; names of our own people and house stay as they are."""
    with app.app_context():
        ours = [name for person in persons.staff() for name in (person.name, person.short_name, initials(person.name))]
    ours += ["ООО «Агентство Демо»", "Агентство Демо", "Рус", *(part for name in ours for part in name.split())]
    language = abroad.spoken.language
    native = {form for _path, message in translated(language) for form in forms(message)}
    english = {
        sentence for context, sentence in told_to_clients.keys(app)
        if sentence not in native and len(PLACEHOLDER.sub("", sentence)) > 8 and not PLACEHOLDER.search(sentence)
    }

    def look(text: str) -> None:
        for name in sorted(ours, key=len, reverse=True):
            text = text.replace(name, "")
        spaced = " ".join(text.split())
        assert CYRILLIC.findall(text) == []
        assert [sentence for sentence in english if sentence in spaced] == []
        assert ENGLISH.findall(spaced) == []

    return look


def papers(abroad: Abroad) -> list[str]:
    at = f"/portal/projects/{abroad.project}"
    return [
        "/portal", at, f"{at}/briefs/{abroad.brief}", f"{at}/smetas/{abroad.first}", f"{at}/smetas/{abroad.smeta}",
        f"{at}/smetas/{abroad.more}", f"{at}/tasks/{abroad.done}", f"{at}/tasks/{abroad.task}",
        f"{at}/reports/{abroad.report}", f"/portal/requests/{abroad.request}",
    ]


def read(html: str) -> str:
    return "\n".join(Words(html).found)


def test_every_page_of_the_cabinet(as_: As, abroad: Abroad, check: Callable[[str], None]) -> None:
    visitor = as_(abroad.contact)
    for address in papers(abroad):
        page = visitor.get(address).text
        assert f'<html lang="{abroad.spoken.language}"' in page
        check(read(page))


def test_a_mailed_link_speaks_the_language_of_its_reader(holder: Holder, abroad: Abroad) -> None:
    page = holder(abroad.contact, abroad.project).get(f"/portal/projects/{abroad.project}").text
    assert f'<html lang="{abroad.spoken.language}"' in page


def test_refusals_and_errors(as_: As, abroad: Abroad, check: Callable[[str], None]) -> None:
    visitor, at = as_(abroad.contact), f"/portal/projects/{abroad.project}"
    refused = [
        visitor.post(f"{at}/smetas/{abroad.more}/approval", {"yes-seen": "x", "yes-typed_name": ""}, status=422),
        visitor.post(f"{at}/smetas/{abroad.more}/approval", {"yes-seen": "x", "yes-typed_name": "X Y"}, status=409),
        visitor.post(f"{at}/tasks/{abroad.task}/return", {"no-seen": "x", "no-words": ""}, status=422),
        visitor.post(f"{at}/questions", {"words": ""}, status=422),
        visitor.post(f"{at}/files", {}, status=422),
        visitor.get("/portal/projects/999999", status=404),
        visitor.get("/board", status=404),
    ]
    for answer in refused:
        check(read(answer.text))


def test_a_stranger_is_read_to_in_the_language_of_the_browser(
    as_: As, abroad: Abroad, check: Callable[[str], None],
) -> None:
    language = abroad.spoken.language
    visitor, speaks = as_(None), {"Accept-Language": f"{language},en;q=0.5"}
    pages = [visitor.get("/ask", headers=speaks), visitor.get("/portal/entrance", headers=speaks)]
    pages += [visitor.get("/p/nobody-knows-it", headers=speaks, status=404)]
    pages += [visitor.post("/ask", {"words": "", "email": "x"}, headers=speaks, status=422)]
    for page in pages:
        check(read(page.text))


def test_a_stranger_chooses_the_language(as_: As, abroad: Abroad) -> None:
    visitor, language = as_(None), abroad.spoken.language
    first = visitor.get("/ask", headers={"Accept-Language": "en"}).text
    assert all(f'value="{code}"' in first for code in ("ru", "cs", "pl"))
    visitor.post("/portal/language", {"language": language, "back": "/ask"})
    assert f'<html lang="{language}"' in visitor.get("/ask", headers={"Accept-Language": "en"}).text


def test_every_letter(abroad: Abroad, check: Callable[[str], None]) -> None:
    assert {letter.language for letter in abroad.letters} == {abroad.spoken.language}
    for letter in abroad.letters:
        check(letter.subject)
        check(re.sub(r"https?://\S+", "", letter.text))
        check(read(letter.html or ""))
        assert f'lang="{abroad.spoken.language}"' in (letter.html or "")


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that runs all tests is larger than a worker, and its child begins with all of it."""
    monkeypatch.setattr(paper.pdf, "render", partial(pdf.render, limits=Limits(memory_bytes=8 << 30)))


def test_every_paper(
    app: Flask, abroad: Abroad, check: Callable[[str], None], tmp_path: Path, roomy: None,
) -> None:
    with app.app_context():
        rows = db.session.query(Document).filter_by(project_id=abroad.project, audience="client").all()
        wanted = {(row.kind, row.subject_id): (row.language, row.context, row.title) for row in rows}
    assert {kind for kind, _id in wanted} == {"brief", "smeta", "report"}
    for (kind, id), (language, context, title) in wanted.items():
        if (kind, id) not in {("brief", abroad.brief), ("smeta", abroad.smeta), ("report", abroad.report)}:
            continue
        assert language == abroad.spoken.language
        check(title)
        with app.app_context():
            drawn = paper.draw(kind, language, context, tmp_path)
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(drawn.pdf)).pages)
        check(text)
        if kind == "smeta":
            assert abroad.spoken.gross.replace("\u00a0", " ") in " ".join(text.split())
            assert abroad.spoken.in_words in " ".join(text.split())


@pytest.mark.parametrize("left", ["Согласовать", "Approve the brief", "look at the page"])
def test_a_leftover_would_be_noticed(check: Callable[[str], None], left: str) -> None:
    with pytest.raises(AssertionError):
        check(f"Rozpočet, kosztorys: {left}")
