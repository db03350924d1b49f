"""My day shows each person what waits for them, with its reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from agency.attached.comments import operations as comments
from agency.attached.promises import operations as promises
from agency.flow.projects.models import Project
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow import factory
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]
EVERYBODY = ["owner", "admin", "vera", "head_creative", "copywriter", "finance"]


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_first_day_is_empty_and_says_so(as_: As, name: str) -> None:
    visitor = as_(name)
    answer = visitor.get("/", status=302 if name == "copywriter" else 200)
    if name == "copywriter":
        visitor.follow(answer)


def test_a_promise_for_today_stands_on_the_managers_day_and_on_nobody_elses(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.a_project(cast)
        promises.make(project, "Показать два маршрута", clock.today(), by=cast.actor("vera"))
    assert "Показать два маршрута" in as_("vera").get("/").text
    assert "1 обещание на сегодня" in as_("vera").get("/").text.replace("\xa0", " ")
    assert "Показать два маршрута" in as_("owner").get("/").text
    assert "Показать два маршрута" not in as_("oleg").get("/").text


def test_a_day_costs_the_same_number_of_questions_however_much_waits(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.a_project(cast)
        promises.make(project, "Первое", clock.today(), by=cast.actor("vera"))
        project_id = project.id
    visitor = as_("vera")
    visitor.get("/")
    with counted(app) as few:
        visitor.get("/")
    with app.app_context(), unit():
        again = db.session.get(Project, project_id)
        for n in range(25):
            promises.make(again, f"Обещание {n}", clock.today() + timedelta(days=0), by=cast.actor("vera"))
    with counted(app) as many:
        visitor.get("/")
    assert len(many) == len(few)
    assert len(many) <= 12, many


def test_a_clients_question_waits_on_the_managers_day_until_it_is_answered(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.a_project(cast)
        asked = comments.write(project, "Когда увидим   три\nварианта? " + "Очень ждём. " * 30, cast.actor("irina"))
        asked.created_at = clock.now() - timedelta(days=5)
        project_id = project.id
    vera = as_("vera")
    with counted(app) as asked_of_it:
        page = vera.get("/").text.replace("\xa0", " ")
    assert len(asked_of_it) <= 12, asked_of_it
    assert "Вопросы клиентов" in page
    assert "1 вопрос ждёт ответа" in page
    assert "«Когда увидим три варианта? Очень ждём." in page
    assert "5 дней" in page
    assert f'href="/projects/{project_id}#talk"' in page
    for name in ("oleg", "owner", "head_creative"):
        assert "Когда увидим" not in as_(name).get("/").text, name
    assert "Когда увидим" in vera.get("/?only=questions").text
    with app.app_context(), unit():
        comments.write(db.session.get(Project, project_id), "Отвечаем внутри", cast.actor("vera"))
    assert "Вопросы клиентов" in vera.get("/").text.replace("\xa0", " ")
    with app.app_context(), unit():
        comments.write(db.session.get(Project, project_id), "В пятницу", cast.actor("vera"), "client")
    assert "Вопросы клиентов" not in vera.get("/").text.replace("\xa0", " ")


def test_an_owner_who_leads_a_project_finds_its_questions(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.a_project(cast, manager="owner")
        comments.write(project, "Кто теперь ведёт нас?", cast.actor("irina"))
    assert "Кто теперь ведёт нас?" in as_("owner").get("/").text.replace("\xa0", " ")


def test_an_estimate_under_review_waits_for_the_director(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.a_project(cast)
        db.session.add(Smeta(
            project_id=project.id, client_id=project.client_id, n=1, number="TE-2026-014/С1", state="internal_review",
            language="ru", currency="RUB", author_id=cast.persons["vera"],
        ))
    assert "Проверить смету TE-2026-014/С1" in as_("owner").get("/").text


def test_what_came_back_is_the_managers_turn(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.a_project(cast)
        before = None
        for n, state in enumerate(("changes_requested", "rejected", "ready"), 1):
            before = Smeta(
                project_id=project.id, client_id=project.client_id, n=n, number=f"TE-2026-014/С{n}", state=state,
                language="ru", currency="RUB", author_id=cast.persons["vera"], content_hash="x",
                sent_at=clock.now(), decided_at=clock.now(), based_on=before if state == "rejected" else None,
            )
            db.session.add(before)
    with counted(app) as few:
        page = as_("vera").get("/").text.replace("\xa0", " ")
    assert "2 бумаги вернулись к вам" in page
    assert "Смету TE-2026-014/С3 можно отправлять" in page
    assert "Смета TE-2026-014/С2: клиент отказался" in page
    assert "вернулись к вам" not in as_("owner").get("/").text
    assert len(few) <= 12, few


def test_a_day_shows_the_first_of_many_says_how_many_there_are_and_leads_to_all(
    app: Flask, as_: As, cast: Cast
) -> None:
    with app.app_context(), unit():
        project = factory.a_project(cast)
        db.session.add_all(
            Task(
                project_id=project.id, client_id=project.client_id, department="creative", title=f"Макет {n:02}",
                state="open", due_on=clock.today() - timedelta(days=40 - n),
            )
            for n in range(30)
        )
    page = as_("vera").get("/")
    shown = page.text.replace("\xa0", " ")
    assert "30 задач просрочено" in shown
    assert "Макет 04" in shown
    assert "Макет 05" not in shown
    every = as_("vera").get("/?only=late").text
    assert "Макет 29" in every
