"""Pages of reports: composed in five minutes, approved, sent, and then only read."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from agency.flow.reports import operations, queries
from agency.kit import clock, mail
from agency.kit.db import db, unit
from agency.kit.queue import ask
from tests.cast import Cast
from tests.flow.reports import factory
from tests.flow.reports.factory import at
from tests.pages import Visitor
from workers.drain import drain

As = Callable[[str | None], Visitor]
BASE = re.compile(r'name="base" value="([^"]*)"')


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    """Status No. 1 as a draft."""
    with app.app_context(), unit():
        return factory.first_report(cast).id


@pytest.fixture
def sent(app: Flask, cast: Cast) -> int:
    """The same, sent."""
    with app.app_context(), unit(), clock.at(at(12, 18, 16)):
        report = factory.first_report(cast)
        operations.approve(report, by=cast.actor("vera"))
        operations.send(report, by=cast.actor("vera"))
        return report.id


def version(app: Flask, report_id: int) -> int:
    with app.app_context():
        report = queries.get(report_id)
        assert report is not None
        return report.version


def test_a_report_is_begun_composed_approved_and_sent_in_the_browser(app: Flask, cast: Cast, as_: As) -> None:
    with app.app_context(), unit():
        project_id = factory.worked(cast).id
    with clock.at(at(12, 18, 15)):
        vera = as_("vera")
        assert "Начать отчёт" in vera.get(f"/reports?project_id={project_id}").text
        composer = vera.follow(vera.post(f"/reports/of-project/{project_id}"))
        assert "По плану: этап 3 из 7, «Концепция»" in composer.text
        with app.app_context():
            report = queries.open_of(project_id)
            assert report is not None
            id_, seen = report.id, report.version
        vera.post(
            f"/reports/{id_}/approval",
            {"version": seen, "verdict": "Концепция готова.", "to_asked": "1", "to": [cast.persons["irina"]]},
        )
        shown = vera.get(f"/reports/{id_}")
        assert "Концепция готова." in shown.text
        assert "Отправить клиенту" in shown.text
        vera.post(f"/reports/{id_}/sending")
        page = vera.get(f"/reports/{id_}")
        assert "Отправить клиенту" not in page.text
        assert "Начать следующий отчёт" in page.text
        assert f'"/reports?project_id={project_id}">Утро' in vera.get("/reports").text
        with app.app_context():
            report = queries.get(id_)
            assert report is not None
            assert [reader["name"] for reader in report.recipients] == ["Ирина Ветлугина"]


def test_a_red_report_says_that_the_director_approves_it(app: Flask, draft: int, as_: As) -> None:
    form = {"version": version(app, draft), "lights/scope/tone": "red", "lights/scope/comment": "Спорим о правках"}
    page = as_("vera").post(f"/reports/{draft}/approval", form, status=422)
    assert "директор" in page.text
    owner = as_("owner")
    owner.post(f"/reports/{draft}/approval", form)
    assert "Под угрозой" in owner.get(f"/reports/{draft}").text


def test_what_was_sent_is_refused_by_every_route_that_writes(app: Flask, sent: int, as_: As) -> None:
    vera = as_("vera")
    with app.app_context():
        before = db.session.execute(db.text("SELECT words, computed, lights, content_hash, n FROM reports")).all()
    form = {"version": version(app, sent), "verdict": "Иначе"}
    for path in (
        "words",
        "lines/done",
        "lines/done/own:1/removal",
        "facts",
        "paper",
        "approval",
        "sending",
        "discarding",
    ):
        for who in (vera, as_("owner")):
            who.post(f"/reports/{sent}/{path}", form, status=409)
    with app.app_context():
        assert (
            db.session.execute(db.text("SELECT words, computed, lights, content_hash, n FROM reports")).all() == before
        )
    assert vera.get(f"/reports/{sent}/edit", status=303).headers["Location"].endswith(f"/reports/{sent}")


def test_strangers_see_no_reports_and_contacts_no_pages_of_ours(sent: int, as_: As) -> None:
    for who, status in (("irina", 404), ("stranger", 404), ("copywriter", 404), ("head_creative", 200), ("admin", 200)):
        as_(who).get(f"/reports/{sent}", status=status)


def test_a_draft_is_written_by_its_manager_alone(draft: int, as_: As) -> None:
    as_("head_creative").get(f"/reports/{draft}/edit", status=403)
    as_("irina").get(f"/reports/{draft}", status=404)


def test_a_sent_report_is_mailed_with_its_pdf_once_to_each_reader(app: Flask, sent: int, as_: As) -> None:
    with clock.at(at(12, 18, 17)), app.app_context():
        assert not drain()["failed"]
        with unit():
            ask("reports.mail_out", sent)
        drain()
        rows = mail.of(queries.get(sent))
        assert sorted(row.to_address for row in rows) == ["irina@tyoply-yozh.example", "timur@tyoply-yozh.example"]
        assert {row.subject for row in rows} == {"[Тёплый Ёж] Статус № 1, 18.12.2026: по плану"}
    page = as_("vera").get(f"/reports/{sent}")
    assert "irina@tyoply-yozh.example" in page.text


def test_lists_of_reports_show_what_may_be_seen(draft: int, as_: As) -> None:
    assert "Утро по подписке" in as_("vera").get("/reports").text
    as_("head_media").get("/reports")
    as_("copywriter").get("/reports", status=403)
    as_("copywriter").get("/reports?project_id=1", status=403)
