"""From any mark the whole thread: words, brief, estimate, work, reports; and the orphans both ways."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from agency.flow.projects.models import Requirement
from agency.flow.reports.models import Report
from agency.flow.tasks.models import Task, TaskMark
from agency.kit import clock
from agency.kit.db import db, unit
from agency.overview.thread import queries
from tests.cast import Cast
from tests.flow import factory
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


@pytest.fixture
def project(app: Flask, cast: Cast) -> int:
    """A project with one task for Т1 and one for nothing."""
    with app.app_context(), unit():
        made = factory.a_project(cast)
        first = db.session.scalars(select(Requirement).where(Requirement.project_id == made.id)).first()
        assert first is not None
        common = {"project_id": made.id, "client_id": made.client_id, "department": "creative"}
        db.session.add(Task(title="Концепция", marks=[TaskMark(requirement_id=first.id)], **common))
        db.session.add(Task(title="Лишняя работа", **common))
        return made.id


def test_the_thread_begins_with_the_clients_words_and_leads_to_the_work(as_: As, project: int) -> None:
    text = as_("vera").get(f"/projects/{project}/thread/1").text
    assert "С\xa015\xa0февраля запускаем" in text or "С 15 февраля" in text.replace("\xa0", " ")
    assert "Концепция" in text
    assert "Лишняя работа" not in text


def test_a_forgotten_wish_says_so(as_: As, project: int) -> None:
    assert "забытое требование" in as_("vera").get(f"/projects/{project}/thread/2").text


def test_orphans_are_found_both_ways(app: Flask, project: int) -> None:
    with app.app_context():
        found = queries.orphans(project)
        assert [one.n for one in found.requirements] == [2, 3, 4, 5, 6]
        assert [one.title for one in found.tasks] == ["Лишняя работа"]


@pytest.mark.parametrize("name", ["oleg", "stranger", "irina", "finance"])
def test_it_is_not_for_everybody(as_: As, project: int, name: str) -> None:
    as_(name).get(f"/projects/{project}/thread/1", status=404)


def test_a_sent_report_that_carries_the_mark_ends_the_thread(app: Flask, cast: Cast, project: int) -> None:
    with app.app_context(), unit():
        wish = queries.get(project, 1)
        assert wish is not None
        day = date(2026, 11, 27)
        for n, marks in enumerate(([1, 4], [4], None), 1):
            line = {"text": "Концепция"} if marks is None else {"text": "Концепция", "marks": marks}
            db.session.add(Report(
                project_id=project, client_id=wish.client_id, n=n, state="sent", language="ru", from_on=day,
                until_on=day, author_id=cast.persons["vera"], gathered_at=clock.now(), computed={"done": [line]},
            ))
        assert [report.n for report in queries.of(wish).reports] == [1]


def test_a_report_carries_a_mark_wherever_it_stands_in_it() -> None:
    assert queries.carries({"done": [{"words": "x", "marks": [1, 4]}]}, 4)
    assert not queries.carries({"done": [{"words": "x", "marks": [1]}], "marks": "4"}, 4)
