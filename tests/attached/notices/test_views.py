"""The bell on every page, the list behind it, and how one chooses to be told."""

from collections.abc import Callable

import pytest
from flask import Flask

from agency.attached.notices import queries
from agency.flow.tasks import operations as tasks
from agency.kit.db import unit
from tests.cast import Cast
from tests.flow.tasks import factory as work
from tests.pages import Visitor
from tests.queries import counted
from workers.drain import drain

As = Callable[[str | None], Visitor]


def hand_in(app: Flask, cast: Cast, times: int = 1) -> None:
    """News for the head of creative."""
    with app.app_context():
        with unit():
            for n in range(times):
                row = work.task(cast, "in_progress", title=f"Тексты {n}")
                tasks.hand_in(row, cast.actor("copywriter"), note="В папке")
        drain()


@pytest.fixture
def news(app: Flask, cast: Cast) -> None:
    """Three notices behind the bell of the head of creative."""
    hand_in(app, cast, 3)


def test_the_bell_counts_what_is_unread(as_: As, news: None) -> None:
    head = as_("head_creative")
    assert "Уведомления: 3 новых" in head.get("/board").text
    assert 'class="dot-n"' not in as_("vera").get("/board").text


def test_every_notice_says_what_where_and_leads_there(as_: As, news: None) -> None:
    text = as_("head_creative").get("/notices").text.replace("\xa0", " ")
    assert "М. Ясенева" in text
    assert "«Тексты 2»" in text
    assert "<span>Утро по подписке, Тёплый Ёж</span>" in text
    assert 'href="/tasks/3" data-reads="/notices/3/reading"' in text


def test_one_is_read_and_then_all(as_: As, news: None) -> None:
    head = as_("head_creative")
    head.post("/notices/3/reading")
    assert "2 непрочитанных" in head.get("/notices").text.replace("\xa0", " ")
    assert "Тексты 2" not in head.get("/notices?unread=1").text.replace("\xa0", " ")
    head.post("/notices/2/reading", headers={"X-Part": "1"}, status=204)
    head.follow(head.post("/notices/reading", {"until": "3"}))
    assert "Всё прочитано" in head.get("/notices").text


def test_what_came_after_the_page_was_opened_stays_unread(app: Flask, as_: As, cast: Cast, news: None) -> None:
    head = as_("head_creative")
    hand_in(app, cast)
    head.post("/notices/reading", {"until": "3"})
    assert "Уведомления: 1 новое" in head.get("/notices").text


def test_a_colleagues_notice_does_not_exist(as_: As, news: None) -> None:
    for name in ("vera", "owner", "head_media"):
        as_(name).post("/notices/1/reading", status=404)
        assert "Тексты" not in as_(name).get("/notices").text


@pytest.mark.parametrize("path", ["/notices", "/notices/choices"])
def test_clients_have_no_bell(as_: As, path: str) -> None:
    as_("irina").get(path, status=404)


def test_the_list_asks_the_same_few_questions_however_long(app: Flask, as_: As, cast: Cast) -> None:
    head = as_("head_creative")

    def asked() -> int:
        with counted(app) as questions:
            head.get("/notices")
        return len(questions)

    hand_in(app, cast, 2)
    head.get("/notices")
    few = asked()
    hand_in(app, cast, 8)
    assert few == asked() <= 6


def test_the_list_goes_on_page_by_page(app: Flask, as_: As, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    hand_in(app, cast, 3)
    head = as_("head_creative")
    assert "before=2" in head.get("/notices").text
    assert "Тексты 0" in head.get("/notices?before=2").text.replace("\xa0", " ")


def test_one_chooses_how_to_be_told(app: Flask, as_: As, cast: Cast) -> None:
    vera = as_("vera")
    assert "checked" in vera.get("/notices/choices").text
    vera.post("/notices/choices", {"way": "at_once", "digest_hour": "10", "quiet_from": "20", "quiet_until": "9"})
    with app.app_context():
        choice = queries.choice_of(cast.persons["vera"])
    assert (choice.way, choice.digest_hour, choice.quiet_from, choice.quiet_until) == ("at_once", 10, 20, 9)
    vera.post("/notices/choices", {"way": "shout", "digest_hour": "10"}, status=422)
