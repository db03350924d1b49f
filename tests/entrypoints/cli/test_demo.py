"""The demo agency is loaded by the operations: whole or not at all, exact to the kopeck, and every page opens."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from agency.attached.promises.models import Promise
from agency.entrypoints.cli import check
from agency.entrypoints.cli.demo import command
from agency.entrypoints.cli.demo.days import Days
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project, Requirement
from agency.flow.reports import queries as reports
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import db
from agency.kit.settings import Settings
from agency.people.accounts import passwords
from agency.people.accounts import queries as persons
from tests.entrypoints.cli import demo_office

PEOPLE = (
    "shtolts", "belov", "lapina", "somov", "remizov", "sadykov", "vershinin", "yaseneva", "belozer", "olhova", "gai",
    "umnova",
)  # fmt: skip


@pytest.fixture(scope="module")
def app(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo, loaded once for all tests of this file."""
    app = demo_office.empty(settings, tmp_path_factory.mktemp("demo"))
    assert demo_office.load(app) == 0
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def look(app: Flask) -> Iterator[None]:
    """The database open for reading."""
    with app.app_context():
        yield
        db.session.rollback()


def _project() -> Project:
    return db.session.scalars(select(Project).where(Project.number == "TE-2026-014")).one()


def test_the_days_of_the_case_are_moved_by_whole_weeks_to_the_last_friday() -> None:
    assert Days.before(date(2026, 12, 23)).shift == timedelta(0)
    for ahead in range(30):
        today = date(2027, 3, 1) + timedelta(days=ahead)
        moved = Days.before(today)
        friday = moved.day(date(2026, 12, 18))
        assert friday.weekday() == 4 and timedelta(0) < today - friday <= timedelta(days=7)
        assert moved.shift.days % 7 == 0
    november = Days.before(date(2026, 11, 22))
    assert november.told("с {day 2027-02-15} до {date 2027-03-31}") == "с 18 января до 03.03.2027"


def test_the_letter_of_the_case_is_word_for_word(look: None) -> None:
    request = db.session.get_one(Request, _project().request_id)
    assert request.words.startswith("Здравствуйте! Мы сеть пекарен „Тёплый Ёж“. С 15 февраля запускаем подписку")
    assert "кампания на февраль — март" in request.words
    assert clock.local(request.received_at).strftime("%d.%m.%Y") == "23.11.2026"


def test_the_sums_of_the_case_are_exact(look: None) -> None:
    base = Smeta.project_id == _project().id, Smeta.kind == "base"
    first, second = db.session.scalars(select(Smeta).where(*base).order_by(Smeta.n))
    assert (first.gross, first.state, first.number) == (274_368_240, "rejected", "TE-2026-014/С1")
    assert (second.gross, second.state, second.number) == (266_146_416, "approved", "TE-2026-014/С2")
    assert (second.net, second.vat, second.margin) == (218_152_800, 47_993_616, 64_312_800)
    assert [row.amount for row in second.payments] == [106_458_566, 106_458_566, 53_229_284]
    assert [row.paid for row in second.payments] == [106_458_566, 0, 0]
    assert second.decided_by is not None and second.decided_by.name == "Ирина Ветлугина"
    tea = db.session.scalars(select(Smeta).where(Smeta.currency == "EUR")).one()
    assert (tea.gross, tea.state) == (977_950, "internal_review")


def test_the_brief_was_returned_once_and_every_head_read_back(look: None) -> None:
    rows = db.session.scalars(select(Brief).where(Brief.project_id == _project().id)).all()
    assert [(row.n, row.state) for row in rows if row.department is None] == [(1, "returned"), (2, "approved")]
    heads = {row.department: row.read_back for row in rows if row.department}
    assert set(heads) == {"creative", "media", "production"} and all(heads.values())
    said = db.session.scalars(select(Requirement).where(Requirement.project_id == _project().id)).all()
    assert [row.n for row in said] == list(range(1, 9))


def test_status_no_1_is_on_plan_and_was_sent_on_its_friday(look: None) -> None:
    report = db.session.scalars(select(Report).where(Report.project_id == _project().id, Report.n == 1)).one()
    face = reports.client_face(report)
    assert (report.n, report.state, report.until_on) == (1, "sent", date(2026, 12, 18))
    assert face["verdict"].startswith("По плану: этап 3 из 7, «Концепция».")
    assert {light["tone"] for light in face["lights"]} == {"green"}
    assert [(row["text"], row["by"].day) for row in face["needed"]] == [
        ("Открыть доступ к Метрике", 21), ("Выбрать маршрут концепции", 22),
        ("Прислать скан подписанного приложения № 2", 25),
    ]  # fmt: skip
    assert face["money"]["paid"] == 106_458_566
    assert ("Показать 2 маршрута концепции", "kept") in [(row["text"], row["state"]) for row in face["promises"]]


def test_this_week_status_no_2_drafts_itself_amber_with_its_reasons(look: None) -> None:
    report = reports.open_of(_project().id)
    assert report is not None
    face = reports.client_face(report)
    assert (face["n"], report.until_on) == (2, demo_office.NOW.date())
    tones = {light["key"]: light["tone"] for light in face["lights"]}
    assert (tones["timing"], tones["budget"], tones["scope"], tones["quality"]) == ("amber", "amber", "green", "green")
    [moved] = face["moved"]
    assert (moved["text"], moved["was"].day, moved["becomes"].day) == ("Съёмка ролика", 22, 26)
    assert (moved["warned_on"], moved["in_time"]) == (demo_office.NOW.date(), True)
    assert [(row["text"], row["amount"]) for row in face["offers"]] == [("4 ресайза баннеров бесплатно", 1_280_000)]
    money = face["money"]
    assert [row["gross"] for row in money["offered"]] == [4_050_400]
    assert (money["over"], money["paid_percent"], money["elapsed"]["of"]) == (196_816, 40, 69)


def test_every_line_became_one_task_with_its_days(look: None) -> None:
    tasks = db.session.scalars(select(Task).where(Task.project_id == _project().id)).all()
    assert len(tasks) == 19
    states = {task.title: task.state for task in tasks}
    assert states["Медиапланирование"] == "done"
    assert states["Креативная концепция, 2 маршрута"] == "client_review"
    assert states["Веб-аналитика: цели, дашборд"] == "blocked"
    assert all(task.due_on for task in tasks)


def test_something_of_today_waits_for_people(look: None) -> None:
    today = demo_office.NOW.date()
    fresh = db.session.scalars(select(Request).where(Request.state == "new")).one()
    assert fresh.reply_due_at > demo_office.NOW
    assert db.session.scalars(select(Request).where(Request.state == "waiting_client")).one()
    promised = db.session.scalars(select(Promise).where(Promise.due_on == today)).all()
    assert {row.made_by.name for row in promised} == {"Вера Лапина"}
    assert any(task.is_late(today) for task in db.session.scalars(select(Task)))


def test_nothing_of_the_data_is_broken(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(app, []) == 0, capsys.readouterr().out


def test_everybody_can_sign_in_with_the_password_that_was_kept(app: Flask, look: None) -> None:
    path = app.config["SETTINGS"].data / "demo-passwords"
    assert demo_office.mode_of(path) == 0o600
    cards = [line.rsplit(": ", 1)[1].split() for line in path.read_text().splitlines()[1:]]
    assert len(cards) == len(persons.staff()) == len({password for _, password in cards})
    for login, password in cards:
        person = persons.by_email(login)
        assert person is not None and passwords.right(person.password_hash, password)


def test_a_filled_database_is_left_alone(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(app, ["--if-empty"]) == 0
    assert capsys.readouterr().out == ""
    assert command.main(app, []) == 1
    assert "not loaded" in capsys.readouterr().out


def test_a_crash_on_the_way_leaves_an_empty_database(settings: Settings, tmp_path: Path) -> None:
    app = demo_office.empty(settings, tmp_path)
    with demo_office.crashing(), pytest.raises(KeyboardInterrupt):
        demo_office.load(app)
    with app.app_context():
        assert persons.is_empty()
        assert db.session.scalars(select(Project)).all() == []
    assert demo_office.load(app, "--if-empty", "--size", "3") == 0
    assert check.main(app, []) == 0
    with app.app_context():
        assert len(db.session.scalars(select(Task).where(Task.title == "Макеты")).all()) == 15
        db.engine.dispose()


@pytest.mark.parametrize("login", PEOPLE)
def test_every_page_one_can_reach_opens(app: Flask, login: str) -> None:
    seen, dead = demo_office.walk(demo_office.visitor(app, f"{login}@agency.example"), "/")
    assert len(seen) > 3
    assert not dead, "\n".join(dead)


@pytest.mark.parametrize("address", ["vetlugina@tyoply-yozh.example", "moss@larkfold.example"])
def test_a_client_reaches_only_pages_that_open(app: Flask, address: str) -> None:
    seen, dead = demo_office.walk(demo_office.visitor(app, address), "/portal")
    assert len(seen) > 3
    assert not dead, "\n".join(dead)
