"""The composer: words that save themselves, two people at once, lines of one's own, three faces."""

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from agency.attached.documents import queries as documents
from agency.flow.reports import queries
from agency.kit.db import unit
from tests.attached.papers import draw_all
from tests.cast import Cast
from tests.flow.reports import factory
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
BASE = re.compile(r'name="base" value="([^"]*)"')


@pytest.fixture
def draft(app: Flask, cast: Cast) -> int:
    """Status No. 1 as a draft."""
    with app.app_context(), unit():
        return factory.first_report(cast).id


def version(app: Flask, report_id: int) -> int:
    with app.app_context():
        report = queries.get(report_id)
        assert report is not None
        return report.version


def test_words_save_themselves_and_a_stale_page_shows_both_versions(app: Flask, draft: int, as_: As) -> None:
    vera, oleg = as_("vera"), as_("oleg")
    part = {"X-Part": "1"}
    seen = version(app, draft)
    answer = vera.post(
        f"/reports/{draft}/words",
        {"version": seen, "verdict": "Концепция готова.", "changed": "verdict"},
        status=200,
        headers=part,
    )
    assert answer.json is not None
    assert answer.json["version"] > seen
    both = oleg.post(
        f"/reports/{draft}/words",
        {"version": seen, "verdict": "Всё хорошо.", "changed": "verdict"},
        status=409,
        headers=part,
    )
    assert "Концепция готова." in both.text
    assert "Всё хорошо." in both.text
    assert f'data-version="{answer.json["version"]}!verdict"' in both.text
    kept = {"version": f"{answer.json['version']}!verdict", "verdict": "Всё хорошо.", "changed": "verdict"}
    oleg.post(f"/reports/{draft}/words", kept, status=200, headers=part)
    vera.post(
        f"/reports/{draft}/words",
        {**kept, "version": f"{answer.json['version']}!verdict", "verdict": "Концепция готова."},
        status=200,
        headers=part,
    )
    whole = oleg.post(f"/reports/{draft}/words", {"version": seen, "verdict": "Всё хорошо."}, status=409)
    assert "Концепция готова." in whole.text
    assert "Концепция готова." in vera.get(f"/reports/{draft}/edit").text


def test_two_people_may_write_in_different_fields_of_the_same_page(app: Flask, draft: int, as_: As) -> None:
    seen, vera, owner = version(app, draft), as_("vera"), as_("owner")
    base = BASE.search(vera.get(f"/reports/{draft}/edit").text)
    assert base is not None
    page = {"version": seen, "base": unescape(base[1]), "verdict": json.loads(unescape(base[1]))["verdict"]}
    owner.post(f"/reports/{draft}/words", {**page, "verdict": "Концепция готова."})
    form = {**page, "lights/scope/tone": "amber", "lights/scope/comment": "Ждём решения"}
    vera.post(f"/reports/{draft}/words", form)
    with app.app_context():
        report = queries.get(draft)
        assert report is not None
        face = queries.client_face(report)
    assert face["verdict"] == "Концепция готова."
    assert next(lamp["tone"] for lamp in face["lights"] if lamp["key"] == "scope") == "amber"
    vera.post(f"/reports/{draft}/words", {**page, "verdict": "Иначе."}, status=409)


def test_only_what_changed_is_heard_and_ticks_are_heard_too(app: Flask, draft: int, as_: As) -> None:
    vera = as_("vera")
    with app.app_context():
        report = queries.get(draft)
        assert report is not None
        key = queries.lines_of(report)["done"][-1]["key"]
    name = f"done/{key}"
    vera.post(
        f"/reports/{draft}/words",
        {"version": version(app, draft), f"{name}/text": "иначе", "changed": f"{name}/shown"},
        status=200,
        headers={"X-Part": "1"},
    )
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
    form = {
        "version": version(app, draft),
        "lights/timing/tone": "green",
        "lights/timing/comment": "",
        "changed": "lights/timing/tone",
    }
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
