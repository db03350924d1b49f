"""A worker learns by heart, before it forks its first horse, what each horse would look up anew."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from agency.attached.documents import paper, registry
from agency.kit import clock, words
from agency.kit.db import db
from agency.kit.journal import Fact, Outbox
from agency.kit.mail import Mail
from agency.people.agency import calendars
from workers import main
from workers.loading import load_jobs


@pytest.fixture
def nothing_new(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """From when it is called, whatever has to be looked up is a fault."""

    def forbid() -> None:
        def looked_up(*asked: Any, **_more: Any) -> None:
            raise AssertionError(f"looked up anew: {asked[:1]}")

        monkeypatch.setattr(app.jinja_env, "compile", looked_up)
        monkeypatch.setattr(calendars.holidays, "country_holidays", looked_up)

    app.jinja_env.cache.clear()
    calendars._days_off.cache_clear()
    yield forbid
    monkeypatch.undo()


def test_the_mail_worker_knows_every_letter_in_every_language_of_clients(app: Flask, nothing_new: Any) -> None:
    load_jobs()
    with app.app_context():
        main._learn(app, "mail")
        nothing_new()
        letters = app.jinja_env.list_templates(filter_func=lambda name: main.LETTER in name)
        assert len(letters) > 10
        for language in words.CLIENT:
            with words.using(language):
                assert all(app.jinja_env.get_template(name) for name in letters)


def test_papers_are_known_in_every_language_of_clients(app: Flask, nothing_new: Any) -> None:
    with app.app_context():
        paper.rehearse()
        nothing_new()
        for language in words.CLIENT:
            with words.using(language):
                assert all(app.jinja_env.get_template(one.template) for one in registry.sheets())


def test_days_off_of_the_years_around_are_known(nothing_new: Any) -> None:
    today = clock.today()
    calendars.rehearse(today)
    nothing_new()
    for country in calendars.COUNTRIES:
        calendar = calendars.WorkingCalendar(country)
        assert today < calendar.add_working_days(today, 40)
        assert calendar.add_working_days(today, -40) < today


def test_what_was_rehearsed_leaves_no_trace(app: Flask) -> None:
    def rows() -> list[int]:
        found = [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in (Fact, Outbox, Mail)]
        db.session.rollback()
        return found

    load_jobs()
    with app.app_context():
        before = rows()
        main._learn(app, "mail")
        assert rows() == before
