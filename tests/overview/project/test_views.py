"""The project page: one look answers where, next, who, what was promised, and what happened."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from agency.kit import clock
from agency.kit.db import unit
from tests.cast import Cast
from tests.flow import factory
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]


@pytest.fixture
def project(app: Flask, cast: Cast) -> int:
    """The id of a project that has just been opened."""
    with app.app_context(), unit():
        return factory.a_project(cast).id


def test_the_next_step_of_a_new_project_is_the_brief(as_: As, project: int) -> None:
    text = as_("vera").get(f"/projects/{project}").text
    assert "Написать бриф" in text
    assert "Т1" in text
    assert "Утро по подписке" in text


@pytest.mark.parametrize("name", ["owner", "admin", "vera", "head_creative", "finance"])
def test_who_may_see_it_sees_it(as_: As, project: int, name: str) -> None:
    as_(name).get(f"/projects/{project}")


@pytest.mark.parametrize("name", ["oleg", "copywriter", "stranger", "irina"])
def test_for_others_it_does_not_exist(as_: As, project: int, name: str) -> None:
    as_(name).get(f"/projects/{project}", status=404)


def test_a_promise_is_written_down_kept_and_told(as_: As, project: int) -> None:
    vera = as_("vera")
    day = clock.today() + timedelta(days=3)
    vera.post(f"/projects/{project}/promises", {"words": "Смета к среде", "due_on": day.isoformat()})
    assert "Смета к среде" in vera.get(f"/projects/{project}").text.replace("\xa0", " ")
    vera.post("/promises/1/keeping", {"back": f"/projects/{project}"})
    assert "Сдержано" in vera.get("/promises/1").text


def test_a_promise_without_words_says_so_and_keeps_the_day(as_: As, project: int) -> None:
    day = (clock.today() + timedelta(days=3)).isoformat()
    text = as_("vera").post(f"/projects/{project}/promises", {"words": "", "due_on": day}, status=422).text
    assert "Напишите, что обещано." in text
    assert day in text


def test_a_promise_moves_only_with_a_reason_and_only_later(as_: As, project: int) -> None:
    vera = as_("vera")
    day = clock.today() + timedelta(days=3)
    vera.post(f"/projects/{project}/promises", {"words": "Смета", "due_on": day.isoformat()})
    vera.post("/promises/1/move", {"m-due_on": (day + timedelta(days=1)).isoformat(), "m-reason": ""}, status=422)
    vera.post("/promises/1/move", {"m-due_on": day.isoformat(), "m-reason": "Болезнь"}, status=422)
    vera.post("/promises/1/move", {"m-due_on": (day + timedelta(days=1)).isoformat(), "m-reason": "Болезнь"})
    assert "Болезнь" in vera.get("/promises/1").text


def test_the_page_asks_a_handful_of_questions(app: Flask, as_: As, project: int) -> None:
    visitor = as_("vera")
    visitor.get(f"/projects/{project}")
    with counted(app) as asked:
        visitor.get(f"/projects/{project}")
    assert len(asked) <= 12, "\n".join(asked)
