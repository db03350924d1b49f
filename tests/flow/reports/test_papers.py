"""The PDF, the letter and the face say the same, in both languages, and nothing of ours."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from agency.attached.documents import queries as documents
from agency.flow.reports import emails, operations, queries
from agency.kit import clock, storage
from agency.kit.db import unit
from agency.kit.words import day, day_short, money, percent, using
from tests.attached.papers import draw_all
from tests.cast import Cast
from tests.flow.reports import factory
from tests.flow.reports.factory import at
from tests.pages import PRIVATE

STYLES = re.compile(r'<style>.*?</style>|style="[^"]*"')
INNER = ("себест", "маржа", "margin", "cost", "1 538 400", "643 128", "М. Ясенева", "Ольхова")


def prepared(app: Flask, cast: Cast, language: str) -> int:
    """Status No. 1 approved, with an addition above the budget and a moved date."""
    with app.app_context(), unit(), clock.at(at(12, 18, 15)):
        project = factory.worked(cast, language=language)
        project.budget = 266_000_000
        report = factory.first_report(cast, project)
        operations.approve(report, by=cast.actor("vera"))
        report_id = report.id
    with clock.at(at(12, 18, 16)):
        assert draw_all(app) == ["done"] * 3
    return report_id


def plain(text: str) -> str:
    return " ".join(text.replace("\u2011", "-").split())


def tokens(text: str) -> set[str]:
    """Words and figures without the commas that lean on them; columns of a page mix the order of words."""
    found = {word.strip(",:;.") for word in text.replace("%", " % ").split()}
    return found - {""}


def figures(face: dict[str, Any]) -> list[str]:
    """Every figure and day of a face as a person reads them."""
    cash, currency = face["money"], face["money"]["currency"]
    sums = [cash["agreed"], cash["paid"], cash["left"], cash["over"], cash["next"]["amount"]]
    found = [money(amount, currency) for amount in sums]
    found += [percent(cash["worked"]), percent(cash["planned"]), face["stage"]["name"], day(face["next_on"])]
    found += [day(ask["by"]) for ask in face["needed"]] + [day_short(line["on"]) for line in face["next"]]
    found += [line["text"] for section in ("needed", "done", "next", "risks", "promises") for line in face[section]]
    found += [lamp["name"] for lamp in face["lights"]] + [lamp["reason"] for lamp in face["lights"]]
    return [*found, face["verdict"], face["manager"]["name"], face["manager"]["phone"], face["deputy"]["name"]]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_paper_has_every_figure_of_the_face_on_two_pages(
    app: Flask, cast: Cast, language: str, tmp_path: Path
) -> None:
    report_id = prepared(app, cast, language)
    with app.app_context():
        report = queries.get(report_id)
        paper = documents.latest(report, "report", "client")
        assert paper is not None
        assert paper.state == "ready", paper.reason_detail
        assert paper.pages is not None
        assert paper.pages <= 2
        path = tmp_path / "report.pdf"
        path.write_bytes(storage.get(paper.storage_key or ""))
        assert report is not None
        with using(language):
            wanted = figures(queries.client_face(report))
    reader = PdfReader(path)
    text = plain("\n".join(page.extract_text() for page in reader.pages))
    missing = [one for one in wanted if not tokens(one) <= tokens(text)]
    assert not missing, f"{missing} not in {text}"
    assert not [word for word in INNER if word in text]
    marked = reader.trailer["/Root"]["/MarkInfo"]
    assert marked["/Marked"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_letter_says_the_same_in_html_and_in_text(app: Flask, cast: Cast, language: str) -> None:
    report_id = prepared(app, cast, language)
    with app.app_context():
        report = queries.get(report_id)
        assert report is not None
        paper = documents.latest(report, "report", "client")
        letter = emails.status(report, "Ирина Ветлугина", "irina@tyoply-yozh.example", "http://localhost/p/x", paper)
        face = queries.client_face(report)
    for body in (letter.html, letter.text):
        told = plain(body)
        assert plain(face["verdict"]) in told
        for section in ("needed", "done"):
            assert all(plain(line["text"]) in told for line in face[section])
        assert "http://localhost/p/x" in told
        assert not PRIVATE.search(STYLES.sub("", told))
    assert len(letter.html) < 60_000
    assert letter.reply_to == ("Вера Лапина", "vera@agency.example")
    assert letter.attachments[0][2] == "application/pdf"
    assert letter.language == language


def test_the_subject_names_whose_which_and_how_it_goes(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit(), clock.at(at(12, 18, 15)):
        report = factory.first_report(cast)
        assert emails.subject(report) == "[Тёплый Ёж] Статус № 1, 18.12.2026: по плану"
        operations.judge(report, "timing", "amber", "съёмка под вопросом", by=cast.actor("vera"))
        assert emails.subject(report) == "[Тёплый Ёж] Статус № 1, 18.12.2026: есть риск, нужен ответ до 21.12"


def test_the_face_holds_no_hours_costs_or_inner_words(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit(), clock.at(at(12, 18, 15)):
        report = factory.first_report(cast)
        said = str(queries.client_face(report))
    for word in ("hint", "cost", "margin", "minutes", "logged", "estimate_minutes", "assignee", "'off'"):
        assert word not in said, word
    assert str(153_840_000) not in said


def test_what_was_sent_says_the_same_when_everything_else_has_changed(app: Flask, cast: Cast) -> None:
    report_id = prepared(app, cast, "ru")
    with app.app_context(), unit():
        report = queries.get(report_id)
        assert report is not None
        operations.send(report, by=cast.actor("vera"))
    with app.app_context():
        report = queries.get(report_id)
        before = queries.client_face(report)  # type: ignore[arg-type]
    with app.app_context(), unit():
        report = queries.get(report_id)
        assert report is not None
        report.project.stages[2].name, report.project.ends_on = "Иначе", date(2028, 1, 1)
        factory.task_of(report.project, "Медиапланирование").title = "Иначе"
        payment = factory.approved_smeta(report.project).payments[1]
        payment.paid, payment.paid_on = 5, date(2026, 12, 20)
        report.project.manager.phone = "иной"
    with app.app_context():
        report = queries.get(report_id)
        after = queries.client_face(report)  # type: ignore[arg-type]
    assert after == before
