"""The paper of a brief: what it says, to whom, and that it can be drawn."""

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from agency.attached.documents import queries as papers
from agency.flow.briefs import documents, operations, queries
from agency.kit import storage
from agency.kit.db import db_reading, unit
from agency.kit.words import using
from tests.attached.papers import draw_all
from tests.cast import Cast
from tests.flow.briefs import cases


def test_the_clients_paper_is_drawn_tagged_in_the_language_of_the_brief(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        brief_id = cases.approved(cast).id
    draw_all(app)
    with app.app_context(), db_reading():
        paper = papers.latest_ready(queries.get(brief_id), "brief", "client")
        assert paper is not None
        assert (paper.language, paper.title) == ("ru", "Бриф TE-2026-014/Б1")
        read = PdfReader(io.BytesIO(storage.get(paper.storage_key)))
    text = " ".join(page.extract_text() for page in read.pages)
    assert "Утро по подписке" in text
    assert "Согласовано в кабинете" in text
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "ru"


@pytest.mark.usefixtures("unit")
def test_the_clients_context_holds_no_inner_words(cast: Cast) -> None:
    brief = cases.sent(cast)
    operations.give_back(brief, "Слова клиента", by=cast.actor("irina"))
    assert documents.brief(brief, "client")["return_words"] == ""
    assert documents.brief(brief, "inner")["return_words"] == "Слова клиента"
    face = queries.client_face(brief)
    assert not {"score", "readiness", "author", "lint"} & set(face)
    assert face["hash"] == brief.content_hash


@pytest.mark.usefixtures("unit")
def test_a_departments_paper_says_who_accepted_and_how_the_task_was_understood(cast: Cast) -> None:
    shown = documents.brief(cases.accepted(cast), "inner")
    assert shown["accepted"]["name"] == "Павел Ремизов"
    assert shown["read_back"].startswith("Поняли так")
    assert shown["lede"].startswith("Тёплый завтрак")


@pytest.mark.usefixtures("unit")
def test_an_english_brief_speaks_english(cast: Cast) -> None:
    brief = cases.a_draft(cast, language="en")
    with using("en"):
        shown = documents.brief(brief, "inner")
    assert shown["title"] == "Brief TE-2026-014/B1"
    assert shown["heading"].startswith("Client brief")
