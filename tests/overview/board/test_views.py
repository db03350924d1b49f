"""The board shows each person what they may see, and asks the same few questions however full it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow.tasks import factory
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]


def lay(app: Flask, cast: Cast) -> None:
    """One task in each state, in two departments and for two clients."""
    with app.app_context(), unit():
        ours, theirs = factory.project(cast), factory.project(cast, client="rival", manager="oleg", name="Чужая зима")
        for state in ("open", "taken", "in_progress", "in_review", "client_review", "blocked", "backlog", "done"):
            factory.task(cast, state, of=ours, title=f"Креатив {state}", estimate_minutes=600)
        factory.task(cast, "open", of=ours, department="media", title="Медиа open")
        factory.task(cast, "in_progress", of=theirs, title="Тайна Барсука", estimate_minutes=600)


def test_everybody_sees_the_departments_they_may(as_: As, app: Flask, cast: Cast) -> None:
    lay(app, cast)
    vera = as_("vera").get("/board").text
    assert "Креатив open" in vera
    assert "Медиа open" in vera
    assert "Тайна Барсука" not in vera
    assert "Креатив done" not in vera
    assert "Креатив backlog" not in vera
    maria = as_("copywriter").get("/board").text
    assert "Медиа open" not in maria
    assert "Тайна Барсука" in maria
    assert "Медиа open" in as_("head_media").get("/board").text
    for name in ("owner", "admin", "finance"):
        as_(name).get("/board")


def test_the_board_narrows_to_a_department_and_to_ones_own(as_: As, app: Flask, cast: Cast) -> None:
    lay(app, cast)
    owner = as_("owner")
    assert "Креатив open" not in owner.get("/board?department=media").text
    assert "Креатив open" in owner.get("/board?department=elsewhere").text
    mine = as_("copywriter").get("/board?who=mine").text
    assert "Креатив in_progress" in mine
    assert "Креатив open" not in mine


def test_a_free_task_carries_the_only_button_and_only_for_who_may_take_it(as_: As, app: Flask, cast: Cast) -> None:
    lay(app, cast)
    assert as_("copywriter").get("/board").text.count("Взять в работу") == 1
    assert "Взять в работу" not in as_("owner").get("/board").text


def test_a_head_finds_what_waits_for_the_check_and_what_waits_to_be_opened(as_: As, app: Flask, cast: Cast) -> None:
    lay(app, cast)
    page = as_("head_creative").get("/board").text
    assert "Ждёт вашей проверки" in page
    assert "Ждут открытия" in page
    assert "Ждёт вашей проверки" not in as_("copywriter").get("/board").text


def test_the_load_counts_tasks_the_reader_may_not_see_without_naming_them(as_: As, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        theirs = factory.project(cast, client="rival", manager="oleg", name="Чужая зима")
        factory.task(cast, "in_progress", of=theirs, title="Тайна Барсука", estimate_minutes=600, due_on=None)
    page = as_("vera").get("/board").text
    assert "Тайна" not in page
    assert "10 из 36" in page


def test_the_board_asks_the_same_questions_for_ten_cards_and_for_a_hundred(
    as_: As, app: Flask, cast: Cast,
) -> None:
    counts = []
    for n in (10, 90):
        with app.app_context(), unit():
            project = factory.project(cast)
            for at in range(n):
                state = ("open", "taken", "in_progress", "in_review", "blocked")[at % 5]
                factory.task(cast, state, of=project, department=("creative", "media")[at % 2])
        vera = as_("vera")
        with counted(app) as asked:
            vera.get("/board")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_a_full_board_shows_the_nearest_days_and_leads_on(as_: As, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.project(cast)
        for n in range(45):
            factory.task(cast, "open", of=project, title=f"Макет {n:02}", due_on=clock.today() + timedelta(days=n))
    first = as_("vera").get("/board").text
    assert "Макет 39" in first
    assert "Макет 40" not in first
    assert "after=40" in first
    rest = as_("vera").get("/board?after=40").text
    assert "Макет 40" in rest
    assert "Макет 39" not in rest


@pytest.mark.on_both
def test_the_nearest_of_a_department_stand_first_whatever_their_state_and_those_without_a_day_last(
    as_: As, app: Flask, cast: Cast,
) -> None:
    with app.app_context(), unit():
        project = factory.project(cast)
        factory.task(cast, "in_progress", of=project, title="Когда-нибудь", due_on=None)
        for n in range(45):
            state = ("open", "taken", "in_progress", "in_review", "blocked", "client_review")[n % 6]
            day = clock.today() + timedelta(days=n)
            factory.task(cast, state, of=project, title=f"Макет {n:02}", due_on=day)
    head = as_("head_creative")
    first, rest = head.get("/board").text, head.get("/board?after=40").text
    assert all((f"Макет {n:02}" in first) == (n < 40) for n in range(45))
    assert all((f"Макет {n:02}" in rest) == (n >= 40) for n in range(45))
    assert "Когда-нибудь" not in first
    assert "Когда-нибудь" in rest


def test_a_card_says_how_its_task_is_now(as_: As, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        task = factory.task(cast, "in_progress", title="Макет", due_on=clock.today())
        id_ = task.id
    vera = as_("vera")
    assert "сегодня" in vera.get("/board").text
    with app.app_context(), unit():
        db.session.get_one(Task, id_).due_on = clock.today() - timedelta(days=3)
    assert "−3 дня" in vera.get("/board").text
