"""The check names the rows that break an invariant, and is silent about good data."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from agency.entrypoints.cli import check, invariants
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow.smetas import factory as estimates
from tests.flow.tasks import factory as tasks


def test_a_fresh_agency_breaks_nothing(app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(app, []) == 0
    assert "0 broken" in capsys.readouterr().out


def test_a_row_of_the_wrong_client_is_named(app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with app.app_context(), unit():
        db.session.execute(text("PRAGMA defer_foreign_keys=ON"))
        db.session.execute(text(
            "INSERT INTO promises (subject_kind, subject_id, client_id, words, due_on, state, made_by_id, reason, "
            "in_time, version, created_at) VALUES ('project', 999, :client, 'x', '2026-12-01', 'open', :me, '', 1, 1, "
            "'2026-11-22 10:00:00')",
        ), {"client": cast.hedgehog, "me": cast.persons["vera"]})
    assert check.main(app, []) == 1
    told = capsys.readouterr().out
    assert "promises 1" in told
    assert "promises hang on a project that exists" in told


def test_money_without_a_receipt_is_named(app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with app.app_context(), unit():
        row = estimates.sent(cast).payments[0]
        row.paid, row.paid_on, id = 1, date(2026, 11, 22), row.id
    assert check.main(app, []) == 1
    assert f"payment_row {id}" in capsys.readouterr().out


def test_money_owed_for_what_nobody_agreed_to_is_named(
    app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str],
) -> None:
    with app.app_context(), unit():
        row = estimates.sent(cast).payments[0]
        row.owed_in, id = "RUB", row.id
    assert check.main(app, []) == 1
    assert f"payment_row {id}" in capsys.readouterr().out


def test_minutes_that_no_entry_tells_of_are_named(app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with app.app_context(), unit():
        task = tasks.task(cast, "in_progress")
        task.logged_minutes, id = 5, task.id
    assert check.main(app, []) == 1
    assert f"the minutes on a task are the sum of its entries; it does not for: task {id}" in capsys.readouterr().out


def test_a_project_that_stands_until_no_stages_day_is_named(
    app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    with app.app_context(), unit():
        project = tasks.project(cast)
        project.stands_until, id = date(2001, 1, 1), project.id
    assert check.main(app, []) == 1
    assert f"project {id}" in capsys.readouterr().out


def test_a_record_without_its_search_words_is_named(
    app: Flask, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    with app.app_context(), unit():
        db.session.execute(text("DELETE FROM search_words WHERE kind = 'client' AND row_id = :id"), {"id": cast.rival})
    assert check.main(app, []) == 1
    assert f"every record is found by its words; it does not for: client {cast.rival}\n" in capsys.readouterr().out


def test_every_invariant_can_be_asked(app: Flask) -> None:
    with app.app_context():
        names = [one.name for one in invariants.every()]
        assert len(names) == len(set(names))
        for one in invariants.every():
            db.session.execute(text(one.sql)).fetchall()
