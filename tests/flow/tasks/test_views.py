"""Pages of tasks: the client that looks reads every one of them."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from agency.flow.tasks import queries
from agency.flow.tasks.models import STATES, Task
from agency.kit import clock
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow.tasks import factory
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]


@pytest.fixture
def made(app: Flask, cast: Cast) -> Callable[..., int]:
    """Makes one task in a unit of its own and gives its id."""

    def make(state: str = "open", **fields: Any) -> int:
        with app.app_context(), unit():
            return factory.task(cast, state, **fields).id

    return make


@pytest.fixture
def state(app: Flask) -> Callable[[int], str]:
    """The present state of a task."""

    def read(id: int) -> str:
        with app.app_context():
            task = queries.get(id)
            assert task is not None
            return task.state

    return read


@pytest.mark.parametrize("stands", STATES)
def test_every_state_has_a_page_for_everybody_who_may_see_it(as_: As, made: Callable[..., int], stands: str) -> None:
    id = made(stands, marked=True, client_accepts=True, about="Важно", estimate_minutes=600)
    for name in ("owner", "vera", "head_creative", "copywriter"):
        as_(name).get(f"/tasks/{id}")
    for name in ("seo", "oleg", "finance", "irina"):
        as_(name).get(f"/tasks/{id}", status=404)


def test_a_client_never_reads_hours_or_the_talk_of_the_kitchen(as_: As, made: Callable[..., int]) -> None:
    id = made("in_progress", estimate_minutes=960)
    as_("copywriter").post(f"/tasks/{id}/hours", {"time-minutes": "2:20", "time-day": clock.today().isoformat()})
    as_("copywriter").post(f"/comments/task/{id}", {"talk-words": "Кухонный разговор", "talk-back": f"/tasks/{id}"})
    answer = as_("irina").client.get(f"/tasks/{id}")
    assert answer.status_code in (403, 404)
    assert "Кухонный" not in answer.text


def test_a_specialist_goes_from_a_free_task_to_a_version_handed_in(
    as_: As, made: Callable[..., int], state: Callable[[int], str],
) -> None:
    id = made("open", marked=True)
    maria = as_("copywriter")
    assert "Взять в работу" in maria.get("/tasks").text
    maria.follow(maria.post(f"/tasks/{id}/taking"))
    maria.post(f"/tasks/{id}/start")
    page = maria.post(f"/tasks/{id}/deliveries", {"delivery-note": ""}, status=422)
    assert "Приложите файл" in page.text
    assert state(id) == "in_progress"
    form = {"delivery-note": "Первая", "delivery-files": (BytesIO(b"Bread at home"), "texts.txt")}
    maria.follow(maria.post(f"/tasks/{id}/deliveries", form, content_type="multipart/form-data"))
    assert state(id) == "in_review"
    pavel = as_("head_creative")
    assert "texts.txt" in pavel.get(f"/tasks/{id}").text
    assert "Ждёт вашей проверки" in pavel.get("/tasks").text
    kept = pavel.post(f"/tasks/{id}/returns", {"return-remarks": " ", "return-checks": "facts"}, status=422)
    assert 'value="facts" checked' in kept.text
    pavel.post(f"/tasks/{id}/returns", {"return-remarks": "короче\nтеплее"})
    assert "теплее" in maria.get(f"/tasks/{id}").text
    maria.post(f"/tasks/{id}/deliveries", {"delivery-note": "Вторая", "delivery-fixed": ["0", "1"]})
    pavel.follow(pavel.post(f"/tasks/{id}/passing", {"return-checks": ["facts", "r1"]}))
    assert state(id) == "done"


def test_a_refused_step_shows_the_page_as_it_stands_with_what_was_typed(
    as_: As, made: Callable[..., int], state: Callable[[int], str],
) -> None:
    id = made("in_progress")
    page = as_("copywriter").post(f"/tasks/{id}/stop", {"stop-reason": " ", "stop-side": "client"}, status=422)
    assert "Скажите" in page.text or "нескольких" in page.text or "словах" in page.text
    page = as_("vera").post(f"/tasks/{id}/due", {"due-due_on": "2027-03-01", "due-reason": ""}, status=422)
    assert 'value="2027-03-01"' in page.text
    assert state(id) == "in_progress"


def test_a_taken_task_tells_the_board_who_was_faster(as_: As, made: Callable[..., int]) -> None:
    id = made("open")
    as_("copywriter").post(f"/tasks/{id}/taking")
    page = as_("designer").post(f"/tasks/{id}/taking", status=409, headers={"HX-Request": "true"})
    assert "Ясенева" in page.text
    assert "<html" not in page.text
    assert "Ясенева" in as_("designer").post(f"/tasks/{id}/taking", status=409).text


def test_a_manager_adds_a_task_and_opens_the_whole_plan_with_one_press(as_: As, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.project(cast)
        project_id = project.id
        for department in ("creative", "media", "account"):
            factory.task(cast, "backlog", of=project, department=department, due_on=None, estimate_minutes=600)
    vera = as_("vera")
    form = {"title": "Слоган", "department": "creative", "rounds": "2", "estimate": "12 ч", "is_public": "y"}
    vera.follow(vera.post(f"/tasks/new/{project_id}", form))
    vera.post(f"/tasks/new/{project_id}", {**form, "title": "", "estimate": "скоро"}, status=422)
    page = vera.get(f"/tasks/plan/{project_id}")
    assert "Слоган" in page.text
    with app.app_context():
        rows = queries.planned(project_id)
        sent = {f"t{task.id}-version": str(task.version) for task in rows}
        sent |= {f"t{task.id}-due_on": (clock.today() + timedelta(days=9)).isoformat() for task in rows}
        sent |= {f"t{task.id}-assignee_id": "0" for task in rows}
        first = rows[0].id
    broken = {**sent, f"t{first}-starts_on": "2030-01-01", "release": "all"}
    assert "раньше начала" in vera.post(f"/tasks/plan/{project_id}", broken, status=422).text
    vera.post(f"/tasks/plan/{project_id}", {**sent, "release": "all"})
    with app.app_context():
        assert {task.state for task in queries.of_project(project_id)} == {"open"}
    vera.get(f"/tasks/plan/{project_id}")


def test_a_head_plans_only_the_own_department(as_: As, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        project = factory.project(cast)
        project_id = project.id
        factory.task(cast, "backlog", of=project, department="creative", title="Ключевой визуал")
        factory.task(cast, "backlog", of=project, department="media", title="Медиаплан")
    page = as_("head_creative").get(f"/tasks/plan/{project_id}").text
    assert "Ключевой визуал" in page
    assert "Медиаплан" not in page


def test_time_is_typed_as_people_write_it_and_one_corrects_ones_own(as_: As, made: Callable[..., int]) -> None:
    id = made("in_progress", estimate_minutes=600)
    maria, today = as_("copywriter"), clock.today().isoformat()
    for typed in ("2 ч 20", "140", "1,5 ч"):
        maria.post(f"/tasks/{id}/hours", {"time-minutes": typed, "time-day": today})
    page = maria.post(f"/tasks/{id}/hours", {"time-minutes": "2", "time-day": today}, status=422)
    assert "часы или минуты" in page.text
    assert "6 ч 10 мин" in maria.get(f"/tasks/{id}").text.replace("\u00a0", " ")
    maria.get("/tasks/hours/1")
    maria.post("/tasks/hours/1", {"version": "1", "minutes": "3:00", "day": today, "note": ""})
    as_("designer").get("/tasks/hours/1", status=404)
    as_("vera").get("/tasks/hours/1", status=403)


def test_lists_ask_the_same_few_questions_for_ten_rows_and_for_a_hundred(as_: As, app: Flask, cast: Cast) -> None:
    maria = as_("copywriter")
    few = _with_rows(app, cast, 10, lambda: _questions(app, maria, "/tasks"))
    many = _with_rows(app, cast, 90, lambda: _questions(app, maria, "/tasks"))
    assert few == many <= 12


def _questions(app: Flask, visitor: Visitor, address: str) -> int:
    with counted(app) as asked:
        visitor.get(address)
    return len(asked)


def _with_rows(app: Flask, cast: Cast, n: int, count: Callable[[], int]) -> int:
    with app.app_context(), unit():
        project = factory.project(cast)
        for at in range(n):
            state = ("open", "taken", "in_progress")[at % 3]
            who = None if state == "open" else ("copywriter", "designer")[at % 2]
            factory.task(cast, state, of=project, assignee=who)
    return count()


def test_a_task_page_asks_the_same_questions_however_much_hangs_on_it(
    as_: As, made: Callable[..., int], app: Flask, cast: Cast,
) -> None:
    small, big = made("in_review", marked=True), made("in_review", marked=True)
    with app.app_context(), unit():
        for _n in range(9):
            factory.deliver(cast, db.session.get(Task, big), "copywriter")
    pavel = as_("head_creative")
    assert _questions(app, pavel, f"/tasks/{small}") == _questions(app, pavel, f"/tasks/{big}")


def test_a_plan_never_tells_of_tasks_of_another_project(
    app: Flask, cast: Cast, as_: As, made: Callable[..., int],
) -> None:
    id = made("backlog")
    with app.app_context(), unit():
        theirs = factory.task(cast, "open", of=factory.project(cast, "rival", "oleg"), title="Тайный ролик").id
        project_id = queries.get(id).project_id  # type: ignore[union-attr]
    page = as_("vera").client.post(
        f"/tasks/plan/{project_id}", data={f"t{theirs}-version": "1"}, headers={"X-CSRF-Token": as_("vera").token()},
    )
    assert "Тайный ролик" not in page.text


def test_time_is_written_down_from_the_list_without_leaving_it(as_: As, made: Callable[..., int]) -> None:
    id, seo = made("in_progress", estimate_minutes=600), as_("copywriter")
    assert f"/tasks/{id}/hours" in seo.get("/tasks").text
    typed = {"time-minutes": "0:40", "time-note": "12 страниц", "time-day": clock.today().isoformat(), "back": "list"}
    answer = seo.post(f"/tasks/{id}/hours", typed)
    assert answer.headers["Location"] == "/tasks"
    assert re.search(r"40\s+мин за неделю", seo.follow(answer).text)


def test_a_head_gives_a_free_task_from_the_board_and_is_back_on_it(
    as_: As, made: Callable[..., int], cast: Cast,
) -> None:
    id, head = made("open"), as_("head_creative")
    assert f"/tasks/{id}?step=assign" in head.get("/board").text
    assert f"/tasks/{id}?step=assign" not in as_("copywriter").get("/board").text
    page = head.get(f"/tasks/{id}?step=assign").text
    assert "autofocus" in page
    answer = head.post(
        f"/tasks/{id}/assignment", {"assign-assignee_id": str(cast.persons["copywriter"]), "back": "board"},
    )
    assert answer.headers["Location"] == "/board"


def test_the_plan_shows_what_the_departments_have_already(app: Flask, as_: As, made: Callable[..., int]) -> None:
    id = made("in_progress", title="Заголовки для баннеров")
    with app.app_context():
        project_id = queries.get(id).project_id  # type: ignore[union-attr]
    page = as_("vera").get(f"/tasks/plan/{project_id}").text
    assert "Задачи в отделах" in page
    assert f'href="/tasks/{id}">Заголовки для баннеров' in page
    assert "Мария Ясенева" in page
