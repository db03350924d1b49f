"""An approved estimate becomes tasks: once, in the right departments, with hours and marks."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from agency.flow.smetas.models import LineMark
from agency.flow.tasks import plans, queries
from agency.flow.tasks.splitting import split
from agency.kit.db import db
from agency.kit.queue import SYSTEM
from tests.cast import Cast
from tests.flow.smetas import factory as smetas


@dataclass
class Mark:
    """A requirement beside a line."""

    requirement_id: int


@dataclass
class Row:
    """A line of an estimate, as the rule reads it."""

    id: int = 1
    department: str = "creative"
    title: str = "Слоган"
    note: str = ""
    unit: str = "ч"
    quantity: Decimal = Decimal(12)
    kind: str = "own"
    is_optional: bool = False
    client_accepts: bool = False
    rounds: int = 2
    estimate_minutes: int | None = None
    minutes: int | None = None
    marks: list[Mark] = field(default_factory=list)


def test_hours_sold_are_hours_to_work() -> None:
    assert split([Row()])[0].estimate_minutes == 720
    assert split([Row(quantity=Decimal("27.5"))])[0].estimate_minutes == 1650
    assert split([Row(minutes=140, quantity=Decimal("2.3333"))])[0].estimate_minutes == 140


def test_pieces_have_no_hours_unless_somebody_estimated_them() -> None:
    assert split([Row(unit="шт", quantity=Decimal(18))])[0].estimate_minutes is None
    assert split([Row(unit="шт", quantity=Decimal(18), estimate_minutes=2160)])[0].estimate_minutes == 2160


def test_a_line_is_one_task_however_many_pieces_it_sells() -> None:
    assert len(split([Row(unit="шт", quantity=Decimal(2800))])) == 1


def test_media_money_is_one_task_of_the_media_department_without_hours() -> None:
    for kind in ("media", "agent"):
        [piece] = split([Row(kind=kind, department="account", quantity=Decimal(2))])
        assert (piece.department, piece.estimate_minutes) == ("media", None)


def test_running_the_project_is_its_managers_task_and_not_shown_to_the_client() -> None:
    [piece] = split([Row(department="account", title="Ведение проекта", unit="мес", quantity=Decimal(3))])
    assert piece.for_manager
    assert not piece.is_public


def test_options_and_reserves_are_no_work() -> None:
    assert split([Row(is_optional=True), Row(kind="contingency")]) == []


def test_marks_rounds_and_acceptance_come_from_the_line() -> None:
    [piece] = split([Row(marks=[Mark(4), Mark(7), Mark(4)], rounds=3, client_accepts=True)])
    assert (piece.requirement_ids, piece.rounds, piece.client_accepts) == ((4, 7), 3, True)


@pytest.mark.usefixtures("unit")
def test_the_morning_becomes_nineteen_tasks_and_only_once(cast: Cast) -> None:
    vera = cast.actor("vera")
    smeta = smetas.first(smetas.project(cast), vera)
    line, requirement_id = smeta.lines[1], min(queries.requirement_ids(smeta.project_id))
    db.session.add(LineMark(line_id=line.id, requirement_id=requirement_id))
    db.session.flush()
    db.session.expire(line, ["marks"])
    assert plans.split(smeta, by=SYSTEM) == []
    smeta.content_hash, smeta.sent_at, smeta.state = "sealed", smeta.created_at, "approved"
    db.session.flush()
    tasks = plans.split(smeta, by=SYSTEM)
    assert Counter(task.department for task in tasks) == {"account": 1, "creative": 6, "media": 7, "production": 5}
    assert {task.state for task in tasks} == {"backlog"}
    assert tasks[0].assignee_id == cast.persons["vera"]
    assert [mark.requirement_id for mark in tasks[1].marks] == [requirement_id]
    assert plans.split(smeta, by=SYSTEM) == []
