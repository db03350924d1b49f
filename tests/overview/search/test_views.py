"""The search page and the list of the palette."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from agency.attached.hours.models import TimeEntry
from agency.attached.promises.models import Promise
from agency.flow.requests.models import Request
from agency.flow.tasks.models import Task
from agency.kit import clock, words
from agency.kit.db import db, unit
from agency.overview.search import days
from tests.cast import Cast
from tests.flow.tasks import factory as tasks
from tests.overview.search import world
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]


@pytest.fixture
def furnished(app: Flask, cast: Cast) -> dict[str, int]:
    """The records of two clients."""
    with app.app_context(), unit():
        return world.furnish(cast)


def plain(visitor: Visitor, address: str) -> str:
    return visitor.get(address).text.replace("\xa0", " ")


def test_the_page_groups_what_is_found(as_: As, furnished: dict[str, int]) -> None:
    text = plain(as_("vera"), "/search?q=утро")
    for heading in ("Лучшее совпадение", "Задачи", "Брифы", "Сметы", "Отчёты", "Документы и файлы"):
        assert heading in text
    assert "Утро по подписке" in text
    assert "барсука" not in text


def test_one_kind_can_be_looked_at_alone(as_: As, furnished: dict[str, int]) -> None:
    text = plain(as_("vera"), "/search?q=утро&kind=task")
    assert "Тексты: Утро по подписке" in text
    assert "Брифы" not in text


@pytest.mark.parametrize("question", ["?q=", "", "?q=%25", "?q=zzzzz", "?q=а&kind=nothing"])
def test_any_question_gets_a_page(as_: As, question: str) -> None:
    as_("copywriter").get(f"/search{question}")


def test_a_wrong_keyboard_layout_is_understood(as_: As, furnished: dict[str, int]) -> None:
    text = plain(as_("vera"), "/search?q=enhj")
    assert "показано «утро»" in text
    assert "Утро по подписке" in text
    assert "Прочитано как «выйти»" in plain(as_("vera"), "/search/palette?q=dsqnb")


@pytest.mark.parametrize("name", ["irina", "stranger"])
def test_for_a_client_there_is_no_search(as_: As, name: str) -> None:
    as_(name).get("/search?q=утро", status=404)
    as_(name).get("/search/palette?q=утро", status=404)


@pytest.mark.parametrize("typed", ["", "утро", "2:20 тексты", "enhj", "zzzzz", "обещание утро", "dsqnb"])
def test_the_page_asks_a_constant_handful_of_questions(
    app: Flask, as_: As, cast: Cast, furnished: dict[str, int], typed: str,
) -> None:
    visitor = as_("vera")
    visitor.get("/search")

    def asked() -> int:
        with counted(app) as questions:
            visitor.get(f"/search?q={typed}&from=/projects/{furnished['hedgehog']}")
        return len(questions)

    few = asked()
    with app.app_context(), unit():
        for _ in range(20):
            world.tasks.task(cast, title="Ещё одно утро", department="account", state="taken")
    assert few == asked() <= 12


def test_the_palette_offers_what_is_done_most_often(as_: As, furnished: dict[str, int]) -> None:
    text = plain(as_("vera"), f"/search/palette?q=&from=/projects/{furnished['hedgehog']}")
    for label in ("Записать обещание", "Записать заявку", "Перейти: Мой день"):
        assert label in text
    assert f'href="/projects/{furnished["hedgehog"]}#promises"' in text


def test_a_specialist_is_offered_neither_requests_nor_promises(as_: As, furnished: dict[str, int]) -> None:
    text = plain(as_("copywriter"), f"/search/palette?q=утро&from=/projects/{furnished['hedgehog']}")
    assert "Записать обещание" not in text
    assert "Записать заявку" not in text
    assert "Перейти: Клиенты" not in plain(as_("copywriter"), "/search/palette?q=клиенты")


def test_words_that_find_nothing_may_become_a_request(as_: As) -> None:
    visitor = as_("vera")
    assert "Записать заявку: «нужен сайт»" in plain(visitor, "/search/palette?q=нужен+сайт")
    assert "нужен сайт</textarea>" in visitor.get("/requests/new?words=нужен+сайт").text


def test_time_is_logged_on_one_of_my_tasks(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        task_id = tasks.task(cast, state="in_progress", title="Тексты упаковки").id
        tasks.task(cast, state="in_progress", title="Чужие тексты", assignee="designer")
    visitor = as_("copywriter")
    text = plain(visitor, "/search/palette?q=2:20 тексты правки")
    assert "Записать 2 ч 20 мин: Тексты упаковки" in text
    assert "Чужие" not in text
    assert 'name="time-minutes" value="2:20"' in text
    assert 'name="time-note" value="правки"' in text
    day = clock.today().isoformat()
    visitor.post(f"/tasks/{task_id}/hours", {"time-minutes": "2:20", "time-note": "правки", "time-day": day})
    with app.app_context():
        entry = db.session.query(TimeEntry).one()
        assert (entry.minutes, entry.note) == (140, "правки")


def test_the_next_task_is_taken(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        later = tasks.task(cast, title="Позже", due_on=clock.today().replace(year=2030)).id
        sooner = tasks.task(cast, title="Раньше", due_on=clock.today()).id
    visitor = as_("copywriter")
    text = plain(visitor, "/search/palette?q=взять")
    assert f'action="/tasks/{sooner}/taking"' in text
    assert f"/tasks/{later}/taking" not in text
    visitor.post(f"/tasks/{sooner}/taking")
    with app.app_context():
        assert db.session.get(Task, sooner).assignee_id == cast.persons["copywriter"]  # type: ignore[union-attr]


def test_signing_out_forgets_unsent_words(as_: As) -> None:
    text = as_("vera").get("/search/palette?q=выйти").text
    assert 'action="/sign-out" role="presentation" data-forget' in text


def test_a_name_is_shown_as_it_is_typed(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        tasks.task(cast, title="<b>Утро</b> & вечер", created_at=datetime(2026, 11, 1, tzinfo=UTC))
    text = as_("vera").get("/search?q=утро").text
    assert "&lt;b&gt;Утро&lt;/b&gt; &amp; вечер" in text.replace("\xa0", " ")


def form_of(text: str, label: str) -> tuple[str, dict[str, str]]:
    """Where a line of the palette posts, and what."""
    form = next(found for found in re.findall(r"<form.*?</form>", text, re.DOTALL) if label in found)
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    return re.search(r'action="([^"]+)"', form)[1], {name: fields[name] for name in fields if name != "_csrf"}


def test_a_promise_is_recorded_by_typing_it(app: Flask, as_: As, furnished: dict[str, int]) -> None:
    id = furnished["hedgehog"]
    with clock.at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)):  # Monday
        vera = as_("vera")
        label = "Обещание к 27 ноября: «Покажем два макета»"
        for typed in ("обещание утро: покажем два макета 27.11",
                      "обещать утро по подписке покажем два макета к пятнице",
                      "обещание утро покажем два макета до 27 ноября"):  # fmt: skip
            address, fields = form_of(plain(vera, f"/search/palette?q={typed}"), label)
        assert address == f"/projects/{id}/promises"
        # On a project its name need not be typed; without a day three are offered.
        text = plain(vera, f"/search/palette?q=обещание покажем ролик&from=/projects/{id}")
        for day in ("24 ноября", "27 ноября", "30 ноября"):
            assert f"Обещание к {day}: «Покажем ролик»" in text
        vera.post(address, fields)
    with app.app_context():
        made = db.session.query(Promise).one()
        assert (made.project_id, made.words, made.due_on) == (id, "Покажем два макета", date(2026, 11, 27))
    assert "Обещание к" not in plain(as_("oleg"), "/search/palette?q=обещание подписке: покажем завтра")
    assert "Обещание к" not in plain(as_("copywriter"), "/search/palette?q=обещание утро: покажем завтра")


def test_a_request_is_written_down_by_typing_it(app: Flask, as_: As, cast: Cast) -> None:
    vera = as_("vera")
    address, fields = form_of(plain(vera, "/search/palette?q=заявка нужен сайт к маю"), "нужен сайт к маю")
    vera.post(address, fields)
    with app.app_context():
        made = db.session.query(Request).one()
        assert (made.words, made.taken_by_id, made.client_id) == ("нужен сайт к маю", cast.persons["vera"], None)


def test_time_may_be_typed_after_the_task_and_for_yesterday(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        tasks.task(cast, state="in_progress", title="Тексты упаковки")
    visitor = as_("copywriter")
    assert "Записать 1 ч 30 мин: Тексты упаковки" in plain(visitor, "/search/palette?q=тексты 1 ч 30")
    day = (clock.today() - timedelta(days=1)).isoformat()
    _address, fields = form_of(plain(visitor, "/search/palette?q=тексты 1:30 вчера"), "Записать 1 ч 30 мин")
    assert (fields["time-minutes"], fields["time-day"]) == ("1:30", day)
    assert "Записать" not in plain(visitor, "/search/palette?q=тексты 15")
    # The same on the page behind the palette, which needs no script; and by the other keyboard layout.
    assert "Записать 1 ч 30 мин" in plain(visitor, "/search?q=тексты 1:30")
    assert "Записать 1 ч 30 мин" in plain(visitor, "/search/palette?q=ntrcns 1:30")


@pytest.mark.parametrize(("typed", "found", "rest"), [
    ("покажем макет завтра", date(2026, 11, 24), "покажем макет"), ("сдать 5 мая", date(2027, 5, 5), "сдать"),
    ("к 25.11.26 отчёт", date(2026, 11, 25), "отчёт"), ("2026-12-01 счёт", date(2026, 12, 1), "счёт"),
    ("среднего роста", None, "среднего роста"), ("в понедельник созвон", date(2026, 11, 30), "созвон"),
    ("31.02 не бывает", None, "31.02 не бывает"), ("скидка 1.5 процента", None, "скидка 1.5 процента"),
    ("смета 14 майских дней", None, "смета 14 майских дней"), ("", None, ""),
])  # fmt: skip
def test_a_day_is_found_among_words(typed: str, found: date | None, rest: str) -> None:
    assert days.named(typed, date(2026, 11, 23)) == (found, rest)


def test_a_day_is_found_in_english_too() -> None:
    with words.using("en"):
        assert days.named("show drafts by Friday", date(2026, 11, 23)) == (date(2026, 11, 27), "show drafts")
        assert days.named("call on Nov 25", date(2026, 11, 23))[0] == date(2026, 11, 25)
        assert days.named("called yesterday", date(2026, 11, 23), past=True)[0] == date(2026, 11, 22)
