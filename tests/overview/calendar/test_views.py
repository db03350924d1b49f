"""The calendar: what is due when, for each person exactly what the rights allow, in a few questions."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.reports.models import Report
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import KINDS, db, unit
from agency.kit.policy import may
from agency.overview.calendar import days, own, queries
from agency.overview.calendar.choices import Choice
from agency.overview.calendar.kinds import RANKS
from agency.people.accounts.models import Person
from agency.people.agency.calendars import holiday_name
from tests.cast import Cast
from tests.flow import factory
from tests.flow.tasks import factory as tasks
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]
DAY = date(2026, 11, 25)
LONG_AGO = datetime(2026, 9, 1, 9, tzinfo=UTC)
EVER = date(2020, 1, 1), date(2030, 1, 1)


def _due(cast: Cast, client: str, more: int = 0) -> None:
    """One thing of each kind on a day, and `more` tasks beside them, in the open unit."""
    manager = {"hedgehog": "vera", "rival": "oleg"}[client]
    project = factory.a_project(cast, client=client, manager=manager, launches_on=DAY)
    of = {"project_id": project.id, "client_id": project.client_id}
    person = cast.persons[manager]
    tasks.task(cast, "in_progress", project, title=f"Слоган {client}", due_on=DAY)
    shown = tasks.task(cast, "client_review", project, department="media", title=f"Медиаплан {client}", due_on=DAY)
    shown.shown_at = LONG_AGO
    for n in range(more):
        tasks.task(cast, "open", project, title=f"Ещё {n}", due_on=DAY)
    common = {"state": "draft", "language": "ru", "currency": "RUB", "author_id": person}
    offer = Smeta(**of, **common, kind="base", n=1, number=f"{client}/С1", valid_until=DAY, gross=700)
    agreed = Smeta(**of, **common, kind="additional", n=1, number=f"{client}/Д1", gross=900)
    db.session.add_all([offer, agreed])
    db.session.flush()
    db.session.add_all([
        PaymentRow(smeta_id=agreed.id, client_id=project.client_id, ordinal=1, due_on=DAY, amount=1_234_500),
        Promise(subject_id=project.id, **of, words=f"Показать {client}", due_on=DAY, made_by_id=person),
        Brief(
            **of, type="client", type_version=1, n=1, number=f"{client}/Б1", state="sent", language="ru",
            author_id=person, content_hash="x", sent_at=LONG_AGO,
        ),
        Report(
            **of, n=1, state="sent", language="ru", from_on=DAY, until_on=DAY, author_id=person,
            gathered_at=clock.now(), content_hash="x",
        ),
    ])  # fmt: skip
    db.session.flush()
    db.session.execute(db.update(Smeta).where(Smeta.id == agreed.id).values(state="approved"))
    db.session.execute(db.update(PaymentRow).where(PaymentRow.smeta_id == agreed.id).values(owed_in="RUB"))
    db.session.execute(
        db.update(Smeta).where(Smeta.id == offer.id).values(state="sent", sent_at=clock.now(), content_hash="x"),
    )


@pytest.mark.on_both
def test_everybody_sees_all_that_the_rights_allow_and_nothing_else(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        _due(cast, "hedgehog")
        _due(cast, "rival")
    with app.app_context():
        everything = _on_the_day(cast.actor("owner"))
        assert {item.rank for item in everything} == set(RANKS.values())
        waiting = queries.waiting(cast.actor("owner"), Choice(), *EVER)
        for name in (*cast.persons, "stranger"):
            who = cast.actor(name)
            shown = {(item.kind, item.id, item.rank) for item in _on_the_day(who)}
            allowed = {
                (item.kind, item.id, item.rank) for item in everything
                if who.is_staff and may(who, _right(item), db.session.get(KINDS[item.kind], item.id))
            }
            assert shown == allowed, name
            held = {(one.kind, one.id) for one in queries.waiting(who, Choice(), *EVER)}
            assert all(
                may(who, f"{kind}.view", db.session.get(KINDS[kind], id_)) for kind, id_ in held
            ), f"{name}: {held} of {waiting}"


@pytest.mark.on_both
def test_ones_own_is_a_part_of_what_one_may_see_whether_it_is_counted_here_or_by_the_database(
    app: Flask, cast: Cast,
) -> None:
    with app.app_context(), unit():
        for client in ("hedgehog", "rival"):
            _due(cast, client, more=3)
        tasks.task(cast, "in_progress", title="Дело Веры", department="account", assignee="vera", due_on=DAY)
    with app.app_context():
        for name in cast.persons:
            who, mine = cast.actor(name), Choice(mine=True)
            marks = own.marks(who, DAY, DAY, mine)
            counted = own.counts(marks)
            assert counted == queries.counts(who, DAY, DAY, mine), name
            for most in (2, 100):
                seen = days.wanted(counted, (), most)
                items = own.first(who, marks, seen, mine, most)
                assert set(items) == set(queries.first(who, seen, mine, most)), name
            assert set(items) <= set(_on_the_day(who)), name
            assert len(items) == sum(counted.values()), name
        assert {item.title for item in _own_on_the_day(cast, "vera")} >= {"Дело Веры", "Показать hedgehog", "Ещё 0"}


def _own_on_the_day(cast: Cast, name: str) -> list[queries.Item]:
    who, mine = cast.actor(name), Choice(mine=True)
    marks = own.marks(who, DAY, DAY, mine)
    return own.first(who, marks, days.wanted(own.counts(marks), (), 100), mine, 100)


def _on_the_day(who: Any) -> list[queries.Item]:
    counted = queries.counts(who, DAY, DAY, Choice())
    items = queries.first(who, days.wanted(counted, (), 100), Choice(), 100)
    assert sum(counted.values()) == len(items)
    return items


def _right(item: queries.Item) -> str:
    return "payment_row.view" if item.rank == RANKS["payment"] else f"{item.kind}.view"


def test_the_page_tells_kinds_holidays_and_narrows(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        _due(cast, "hedgehog")
        _due(cast, "rival")
    vera = as_("vera")
    assert "День народного единства" in vera.get("/calendar/?on=2026-11-25").text.replace("\xa0", " ")
    text = vera.get("/calendar/?view=week&on=2026-11-25").text.replace("\xa0", " ")
    for said in ("Слоган hedgehog", "запуск: Утро по подписке", "Показать hedgehog", "12 345 ₽", "отчёт № 1 отправлен"):
        assert said in text, said
    assert "rival" not in vera.get("/calendar/?on=2026-11-25&whose=all").text
    assert "бриф hedgehog/Б1" in vera.get("/calendar/?view=week&on=2026-09-04").text.replace("\xa0", " ")
    assert "Медиаплан" not in vera.get("/calendar/?view=week&on=2026-11-25&department=creative").text
    week = as_("copywriter").get("/calendar/?view=week&on=2026-11-25").text.replace("\xa0", " ")
    assert "Слоган hedgehog" in week
    assert "12 345" not in week
    as_("owner").get("/calendar/?on=x&project=99999999999&department=x&view=year&whose=x")
    as_("irina").get("/calendar/", status=404)


def test_a_full_day_names_its_first_things_and_counts_the_rest_in_the_same_questions(
    app: Flask, as_: As, cast: Cast,
) -> None:
    sizes = []
    for client, more in (("hedgehog", 0), ("rival", 300)):
        with app.app_context(), unit():
            _due(cast, client, more)
        owner = as_("owner")
        owner.get("/calendar/?on=2026-11-25")
        with counted(app) as asked:
            text = owner.get("/calendar/?on=2026-11-25").text
        sizes.append(len(asked))
    assert sizes[0] == sizes[1] <= 12
    # Each client's report is over.
    assert "и ещё 310, закрыто: 2" in text.replace("\xa0", " ")


def test_what_is_over_stands_behind_what_is_open_and_the_day_has_a_page_with_all_of_it(
    app: Flask, as_: As, cast: Cast,
) -> None:
    with app.app_context(), unit():
        _due(cast, "hedgehog")
        project = tasks.project(cast, name="Весна")
        for n in range(6):
            tasks.task(cast, "done", project, title=f"Готово {n}", due_on=DAY)
        tasks.task(cast, "open", project, title="Ещё не готово", due_on=DAY)
    vera = as_("vera")
    month = vera.get("/calendar/?on=2026-11-25").text.replace("\xa0", " ")
    assert 'href="/calendar/?view=day&amp;on=2026-11-25"' in month
    assert "закрыто: 7" in month
    for over in ("Готово 0", "отчёт № 1 отправлен"):
        assert over not in month
    week = vera.get("/calendar/?view=week&on=2026-11-25").text.replace("\xa0", " ")
    assert week.index("Ещё не готово") < week.index("отчёт № 1 отправлен") < week.index("Готово 0")
    owner = as_("owner").get("/calendar/?on=2026-11-25").text
    assert "Готово 0" not in owner
    assert "Показать hedgehog" in owner
    day = vera.get("/calendar/?view=day&on=2026-11-25").text.replace("\xa0", " ")
    assert day.index("Ещё не готово") < day.index("отчёт № 1 отправлен") < day.index("Готово 0") < day.index("Готово 5")
    assert "и ещё" not in day


@pytest.mark.parametrize(
    ("sent_at", "due"),
    [
        # Midnight in Moscow is nine in the evening of UTC; three working days after a Wednesday it is Monday.
        (datetime(2026, 10, 20, 20, 59, tzinfo=UTC), "2026-10-23"),
        (datetime(2026, 10, 20, 21, 1, tzinfo=UTC), "2026-10-26"),
        (datetime(2026, 10, 21, 20, 59, tzinfo=UTC), "2026-10-26"),
        # Over the New Year nobody works.
        (datetime(2026, 12, 30, 9, tzinfo=UTC), "2027-01-13"),
    ],
)
def test_a_decision_stands_on_the_day_by_which_we_asked_for_it_and_on_no_other(
    app: Flask, as_: As, cast: Cast, sent_at: datetime, due: str
) -> None:
    with app.app_context(), unit():
        project = factory.a_project(cast)
        db.session.add(Brief(
            project_id=project.id, client_id=project.client_id, type="client", type_version=1, n=1, number="ЁЖ/Б7",
            state="sent", language="ru", author_id=cast.persons["vera"], content_hash="x", sent_at=sent_at,
        ))
    on = date.fromisoformat(due)
    for day in (on - timedelta(days=1), on, on + timedelta(days=1)):
        page = as_("vera").get(f"/calendar/?view=day&on={day.isoformat()}").text
        assert ("ЁЖ/Б7" in page) == (day == on), day
    for view in ("week", "month"):
        assert "ЁЖ/Б7" in as_("vera").get(f"/calendar/?view={view}&on={due}").text


def test_only_kinds_that_come_before_a_day_is_full_are_read() -> None:
    full, sparse = DAY, DAY + timedelta(days=1)
    counted = {(full, "promise", 0): 3, (full, "task", 0): 9, (full, "task", 1): 9, (sparse, "report", 1): 1,
               (sparse, "task", 0): 1}  # fmt: skip
    assert days.wanted(counted, (), 3) == {"promise": {full}, "report": {sparse}, "task": {sparse}}
    assert days.wanted(counted, (), 4)["task"] == {full, sparse}


def test_months_and_weeks_have_whole_weeks_and_neighbours() -> None:
    month = days.span("month", date(2026, 12, 31))
    assert (month.first, month.earlier, month.later) == (date(2026, 12, 1), date(2026, 11, 1), date(2027, 1, 1))
    assert month.shown == (date(2026, 11, 30), date(2027, 1, 3))
    week = days.span("week", date(2027, 1, 1))
    assert week.shown == (date(2026, 12, 28), date(2027, 1, 3))
    assert week.later - week.earlier == timedelta(days=14)
    day = days.span("day", date(2026, 12, 31))
    assert (day.shown, day.earlier, day.later) == ((day.first, day.first), date(2026, 12, 30), date(2027, 1, 1))


def test_holidays_are_named_in_the_readers_language_or_in_english() -> None:
    assert holiday_name("RU", date(2026, 11, 4), "ru") == "День народного единства"
    assert holiday_name("CZ", date(2026, 11, 17), "cs").startswith("Den boje")
    assert holiday_name("PL", date(2026, 11, 11), "ru") == "National Independence Day"
    assert holiday_name("RU", DAY, "ru") == ""


def test_a_line_is_told_in_the_language_of_whoever_looks_and_as_its_task_is_now(
    as_: As, app: Flask, cast: Cast,
) -> None:
    with app.app_context(), unit():
        id_ = tasks.task(cast, "in_progress", title="Слоган", due_on=clock.today()).id
    vera = as_("vera")
    assert 'title="задача: Слоган' in vera.get("/calendar/").text
    with app.app_context(), unit():
        db.session.get_one(Person, cast.persons["vera"]).language = "en"
    assert 'title="task: Слоган' in vera.get("/calendar/").text
    with app.app_context(), unit():
        db.session.get_one(Task, id_).state = "done"
    month, day = (vera.get(f"/calendar/?view={view}").text for view in ("month", "day"))
    assert ">1 closed</a>" in month
    assert "Слоган" not in month
    assert '<span class="sr">, done</span>' in day
