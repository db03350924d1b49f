"""From an empty database to the first brief: the one-time link, four questions, a request, a project, a brief."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import update

from agency.entrypoints.cli import user
from agency.kit import db as database
from agency.kit.db import db
from agency.people.accounts import queries as persons
from agency.people.agency import queries
from agency.people.departments.models import Department
from tests.cast import Cast
from tests.pages import Visitor

LETTER = "Здравствуйте! Нужна листовка к открытию кофейни 1 марта. Бюджет 90 000 руб. Анна, anna@kofe.example"


@pytest.fixture
def empty(app: Flask, capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    """The app with nobody in it; the path of the owner's link that its start prints."""
    with app.app_context():
        with database.unit():
            db.session.execute(update(Department).values(head_id=None))
            for table in reversed(db.metadata.sorted_tables):
                if table.name not in ("facts", "seals"):
                    db.session.execute(table.delete())
        db.session.remove()
    assert user.welcome(app) == 0
    found = re.search(r"/invitations/[\w-]+", capsys.readouterr().out)
    assert found is not None
    yield found[0]
    with app.app_context():
        db.session.remove()


def nobody(app: Flask) -> Visitor:
    return Visitor(app, Cast(), None)


def test_the_first_owner_says_who_it_is_and_goes_to_the_questions(app: Flask, empty: str) -> None:
    owner = nobody(app)
    shown = owner.get(empty).text
    assert 'name="email"' in shown
    form = {"name": "Анна Штольц", "email": "anna@agency.example", "password": "an owl reads at noon"}
    for wrong in ({"name": ""}, {"email": "nonsense"}, {"password": "short"}, {"password": "anna@agency.example"}):
        owner.post(empty, form | wrong, status=422)
    assert owner.post(empty, form).headers["Location"] == "/welcome/"
    assert user.welcome(app) == 0
    nobody(app).get(empty, status=410)
    with app.app_context():
        person = persons.by_email("anna@agency.example")
        assert person is not None
        assert person.has("owner")
        assert len(persons.staff()) == 1


def come_in(app: Flask, link: str) -> Visitor:
    owner = nobody(app)
    owner.post(link, {"name": "Анна Штольц", "email": "anna@agency.example", "password": "an owl reads at noon"})
    return owner


def test_four_questions_and_the_first_brief(app: Flask, empty: str) -> None:
    owner = come_in(app, empty)
    assert owner.get("/welcome/", status=302).headers["Location"] == "/welcome/name"
    assert "Четыре вопроса" in owner.get("/settings/").text
    owner.post("/welcome/name", {"brand": " "}, status=422)
    owner.follow(owner.post("/welcome/name", {"brand": "Утренний кот"}))
    owner.post("/welcome/country", {"country": "XX"}, status=422)
    owner.follow(owner.post("/welcome/country", {"country": "CZ"}))
    owner.follow(owner.post("/welcome/language", {"language": "ru"}))
    typed = {"name": ["Вера Лапина", ""], "email": ["vera@agency.example", ""], "role": ["account_manager", "finance"]}
    owner.post("/welcome/people", typed | {"email": ["", ""]}, status=422)
    ready = owner.post("/welcome/people", typed, status=200).text
    assert "/invitations/" in ready
    assert owner.post("/welcome/request").headers["Location"] == "/requests/new"
    with app.app_context():
        own = queries.default_entity()
        assert own is not None
        assert (own.brand, own.currency, own.rounding, queries.calendar().country) == (
            "Утренний кот", "CZK", "per_rate_total", "CZ",
        )  # fmt: skip
        assert queries.value("first_run")
    assert "Четыре вопроса" not in owner.get("/settings/").text
    assert "brief" in first_brief(owner)


def first_brief(owner: Visitor) -> str:
    """Capture, open, begin the brief: every form as it stands, filled only where it must be."""
    owner.get("/requests/new")
    asked = owner.post("/requests/new", {"words": LETTER, "client_id": 0, "take_it": "y"}).headers["Location"]
    owner.get(asked)
    opening = f"/projects/from-request/{asked.rsplit('/', 1)[1]}"
    text = owner.get(opening).text
    manager = re.search(r'name="manager_id">.*?value="(\d+)"', text, re.DOTALL)
    assert manager is not None
    names = re.findall(r'name="stage_name" value="([^"]*)"', text)
    form = {
        "client_id": 0, "new_name": "Кофейня Кофе", "new_code": "KF", "brand": "Кофе", "contact_name": "Анна",
        "contact_email": "anna@kofe.example", "is_approver": "y", "name": "Листовка", "budget": "90 000",
        "currency": "CZK", "starts_on": "2027-02-01", "manager_id": manager[1], "deputy_id": 0, "preset": "campaign",
        "stage_name": names, "stage_day": ["" for _name in names], "said": ["Нужна листовка"], "want": ["0"],
    }  # fmt: skip
    project = owner.post(opening, form).headers["Location"].rsplit("/", 1)[1]
    owner.get(f"/projects/{project}")
    page = owner.post(f"/briefs/of-project/{project}").headers["Location"]
    owner.get(page)
    return page


def test_every_question_may_wait(app: Flask, empty: str) -> None:
    owner = come_in(app, empty)
    for step in ("name", "country", "language", "people"):
        text = owner.get(f"/welcome/{step}").text
        assert "Позже" in text
    owner.get("/welcome/request")
    owner.post("/welcome/people", {"name": [""], "email": [""], "role": ["finance"]}, status=200)
    with app.app_context():
        assert queries.value("first_run")


def test_an_agency_at_work_keeps_its_invitations_as_they_were(app: Flask, empty: str) -> None:
    owner = come_in(app, empty)
    shown = owner.post("/people", {"name": "Пётр Новый", "email": "petr@agency.example", "role": "specialist",
                                   "department": "media", "language": "ru"}, status=200).text  # fmt: skip
    link = re.search(r"/invitations/[\w-]+", shown)
    assert link is not None
    assert 'name="email"' not in nobody(app).get(link[0]).text
