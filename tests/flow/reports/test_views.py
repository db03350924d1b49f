"""Pages of reports: composed in five minutes, approved, sent, and then only read."""

from collections.abc import Callable

import pytest
from flask import Flask

from agency.attached.documents import queries as documents
from agency.flow.reports import operations, queries
from agency.kit import clock, mail
from agency.kit.db import db, unit
from agency.kit.queue import ask
from tests.attached.papers import draw_all
from tests.cast import Cast
from tests.flow.reports import factory
from tests.flow.reports.factory import at
from tests.pages import Visitor
from workers.drain import drain

As = Callable[[str | None], Visitor]


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
        vera.post(f"/reports/{id_}/approval", {"version": seen, "verdict": "Концепция готова.", "to_asked": "1",
                                               "to": [cast.persons["irina"]]})  # fmt: skip
        shown = vera.get(f"/reports/{id_}")
        assert "Концепция готова." in shown.text
        assert "Отправить клиенту" in shown.text
        vera.post(f"/reports/{id_}/sending")
        page = vera.get(f"/reports/{id_}")
        assert "Отправить клиенту" not in page.text
        with app.app_context():
            report = queries.get(id_)
            assert report is not None
            assert [reader["name"] for reader in report.recipients] == ["Ирина Ветлугина"]


def test_words_save_themselves_and_a_stale_page_shows_both_versions(app: Flask, draft: int, as_: As) -> None:
    vera, oleg = as_("vera"), as_("oleg")
    part = {"X-Part": "1"}
    seen = version(app, draft)
    answer = vera.post(f"/reports/{draft}/words", {"version": seen, "verdict": "Концепция готова.", "changed": "verdict"},
                       status=200, headers=part)  # fmt: skip
    assert answer.json is not None
    assert answer.json["version"] > seen
    both = oleg.post(f"/reports/{draft}/words", {"version": seen, "verdict": "Всё хорошо.", "changed": "verdict"},
                     status=409, headers=part)  # fmt: skip
    assert "Концепция готова." in both.text
    assert "Всё хорошо." in both.text
    assert f'data-version="{answer.json["version"]}"' in both.text
    whole = oleg.post(f"/reports/{draft}/words", {"version": seen, "verdict": "Всё хорошо."}, status=409)
    assert "Концепция готова." in whole.text
    assert "Концепция готова." in vera.get(f"/reports/{draft}/edit").text


def test_only_what_changed_is_heard_and_ticks_are_heard_too(app: Flask, draft: int, as_: As) -> None:
    vera = as_("vera")
    with app.app_context():
        report = queries.get(draft)
        assert report is not None
        key = queries.lines_of(report)["done"][-1]["key"]
    name = f"done/{key}"
    vera.post(f"/reports/{draft}/words", {"version": version(app, draft), f"{name}/text": "иначе", "changed": f"{name}/shown"},
              status=200, headers={"X-Part": "1"})  # fmt: skip
    with app.app_context():
        report = queries.get(draft)
        assert report is not None
        line = queries.lines_of(report)["done"][-1]
        assert line["off"]
        assert line["text"] != "иначе"


def test_a_better_light_without_a_word_is_refused_beside_its_field(app: Flask, draft: int, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        report = queries.get(draft)
        assert report is not None
        report.lights = {**report.lights, "timing": {"tone": "amber", "reason": "позже"}}
    vera = as_("vera")
    form = {"version": version(app, draft), "lights/timing/tone": "green", "lights/timing/comment": "", "changed": "lights/timing/tone"}
    answer = vera.post(f"/reports/{draft}/words", form, status=422, headers={"X-Part": "1"})
    assert answer.json is not None
    assert answer.json["field"] == "lights/timing/comment"
    page = vera.post(f"/reports/{draft}/words", {**form, "changed": form["changed"]}, status=422)
    assert "почему лучше" in page.text
    assert f'name="version" value="{form["version"]}"' in page.text


def test_own_lines_come_and_go_and_what_was_typed_stays(app: Flask, draft: int, as_: As) -> None:
    vera = as_("vera")
    answer = vera.post(f"/reports/{draft}/lines/next", {"version": version(app, draft), "verdict": "Первая фраза."})
    page = vera.follow(answer)
    assert "Первая фраза." in page.text
    with app.app_context():
        report = queries.get(draft)
        assert report is not None
        key = next(line["key"] for line in queries.lines_of(report)["next"] if line["is_own"])
    bad = {"version": version(app, draft), f"next/{key}/text": "Встреча", f"next/{key}/on": "завтра"}
    assert "календар" in vera.post(f"/reports/{draft}/words", bad, status=422).text
    good = {**bad, f"next/{key}/on": "2026-12-22", f"next/{key}/shown": "1"}
    vera.post(f"/reports/{draft}/words", good)
    assert "Встреча" in vera.client.get(f"/reports/{draft}/letter").text
    vera.post(f"/reports/{draft}/lines/next/{key}/removal", {"version": version(app, draft)})
    assert "Встреча" not in vera.get(f"/reports/{draft}/edit").text


def test_a_red_report_says_that_the_director_approves_it(app: Flask, draft: int, as_: As) -> None:
    form = {"version": version(app, draft), "lights/scope/tone": "red", "lights/scope/comment": "Спорим о правках"}
    page = as_("vera").post(f"/reports/{draft}/approval", form, status=422)
    assert "директор" in page.text
    owner = as_("owner")
    owner.post(f"/reports/{draft}/approval", form)
    assert "Под угрозой" in owner.get(f"/reports/{draft}").text


def test_the_three_faces_are_shown_and_the_pdf_comes_without_reload(app: Flask, draft: int, as_: As) -> None:
    vera = as_("vera")
    for look in ("portal", "letter", "pdf"):
        vera.get(f"/reports/{draft}/edit?look={look}")
    asked = vera.post(f"/reports/{draft}/paper", status=200, headers={"HX-Request": "true"})
    assert "every 1s" in asked.text
    draw_all(app)
    ready = vera.get(f"/reports/{draft}/look?look=pdf")
    assert "every 1s" not in ready.text
    assert "/paper#view" in ready.text
    with app.app_context():
        report = queries.get(draft)
        paper = documents.latest(report, "report")
        assert paper is not None
        assert paper.audience == "inner"


def test_what_was_sent_is_refused_by_every_route_that_writes(app: Flask, sent: int, as_: As) -> None:
    vera = as_("vera")
    with app.app_context():
        before = db.session.execute(db.text("SELECT words, computed, lights, content_hash, n FROM reports")).all()
    form = {"version": version(app, sent), "verdict": "Иначе"}
    for path in ("words", "lines/done", "lines/done/own:1/removal", "facts", "paper", "approval", "sending", "discarding"):
        for who in (vera, as_("owner")):
            who.post(f"/reports/{sent}/{path}", form, status=409)
    with app.app_context():
        assert db.session.execute(db.text("SELECT words, computed, lights, content_hash, n FROM reports")).all() == before
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
