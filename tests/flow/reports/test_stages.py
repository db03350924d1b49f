"""Stages as the client reads them, and what the client owes us."""

from datetime import date
from typing import Any

import pytest

from agency.flow.briefs.models import Brief
from agency.flow.reports import operations, queries
from agency.flow.reports.material import Stage, Work
from agency.flow.reports.stages import counts, spans
from agency.flow.smetas import operations as smetas
from agency.kit import clock
from agency.kit.db import db
from tests.cast import Cast
from tests.flow.reports import factory
from tests.flow.reports.factory import FRIDAY, at
from tests.flow.tasks import factory as work


def day(number: int) -> date:
    return date(2026, 12, number)


def test_a_stage_begins_where_the_one_before_ends() -> None:
    stages = [
        Stage("A", day(4), day(4), day(3)),
        Stage("B", day(10), day(11), started_on=day(7)),
        Stage("C", day(20), day(20)),
    ]
    assert spans(day(1), stages) == [(day(1), day(3)), (day(7), day(11)), (day(12), day(20))]


def test_works_count_in_the_stage_they_are_due_in() -> None:
    works = [
        Work(1, "a", "media", "done", due_on=day(5)),
        Work(2, "b", "media", "open", due_on=day(6)),
        Work(3, "c", "media", "cancelled", due_on=day(6)),
        Work(4, "d", "media", "open", due_on=day(9)),
        Work(5, "e", "media", "open"),
    ]
    assert counts(works, day(1), day(6)) == (1, 2)


def needed(project: Any, by: Any) -> dict[str, date]:
    report = operations.begin(project, FRIDAY, by=by)
    return {line["text"]: line["by"] for line in queries.client_face(report)["needed"]}


@pytest.mark.usefixtures("unit")
def test_the_report_asks_for_decisions_answers_and_money(cast: Cast) -> None:
    project, vera = factory.worked(cast), cast.actor("vera")
    with clock.at(at(12, 16, 12)):
        addition = smetas.create_from_rows(
            project, [{"department": "creative", "title": "Баннеры", "unit": "шт", "quantity": 6, "price": 3200}],
            by=vera, kind="additional", valid_until=date(2026, 12, 28),
        )  # fmt: skip
        smetas.send(addition, by=vera)
        work.task(cast, "client_review", of=project, title="Раскадровка", due_on=day(17), client_accepts=True)
        work.task(cast, "blocked", of=project, title="Счётчики", blocked_for="client", due_on=day(23))
        work.task(cast, "client_review", of=project, title="Внутреннее", is_public=False)
        brief = Brief(
            project_id=project.id, client_id=project.client_id, type="client", type_version=1, n=2, number="Б2",
            state="sent", language="ru", author_id=vera.id, content_hash="b", sent_at=clock.now(),
        )  # fmt: skip
        db.session.add(brief)
    with clock.at(at(12, 18, 15)):
        asked = needed(project, vera)
    assert any("Раскадровка" in text and by == day(21) for text, by in asked.items()), asked
    assert any("Счётчики" in text and by == day(23) for text, by in asked.items())
    assert any("Б2" in text and by == day(21) for text, by in asked.items())
    assert any(addition.number in text and by == date(2026, 12, 28) for text, by in asked.items())
    assert not any("Внутреннее" in text for text in asked)


@pytest.mark.usefixtures("unit")
def test_what_stands_still_or_is_late_is_told_without_inner_words(cast: Cast) -> None:
    project, vera = factory.worked(cast), cast.actor("vera")
    with clock.at(at(12, 16, 12)):
        work.task(
            cast, "blocked", of=project, title="Лендинг", blocked_for="colleague", blocked_reason="ругаемся с цехом"
        )
        work.task(cast, "in_progress", of=project, title="Тексты", due_on=day(17))
        work.task(cast, "in_progress", of=project, title="Кухня", due_on=day(17), is_public=False)
    with clock.at(at(12, 18, 15)):
        face = queries.client_face(operations.begin(project, FRIDAY, by=vera))
    told = [line["text"] for line in face["risks"]]
    assert told == ["«Тексты»: срок был 17\u00a0декабря, ещё не готово", "«Лендинг»: работа стоит"]
    assert "ругаемся" not in str(face)
