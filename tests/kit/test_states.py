"""A move is taken from the right state, by whoever may, with its answers given; otherwise it says why not."""

import pytest

from agency.attached.promises import operations
from agency.attached.promises.models import MOVES, Promise
from agency.flow.projects.models import Project
from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.policy import Forbidden
from agency.kit.states import Refused, WrongState
from tests.cast import Cast
from tests.flow import factory


@pytest.fixture
def promise(unit: object, cast: Cast) -> Promise:
    """An open promise of Vera's."""
    project: Project = factory.a_project(cast)
    return operations.make(project, "Показать два маршрута", clock.today(), by=cast.actor("vera"))


def test_a_move_changes_the_state_and_writes_its_fact(promise: Promise, cast: Cast) -> None:
    fact = MOVES.take(promise, "keep", cast.actor("vera"), words=promise.words)
    assert promise.state == "kept"
    assert (fact.verb, fact.details["came_from"], fact.audience) == ("promise.kept", "open", "client")
    assert "Показать два маршрута" in journal.sentence(fact, "В. Лапина")
    assert db.session.get(journal.Outbox, fact.id) is not None


def test_a_move_from_elsewhere_is_refused_in_words(promise: Promise, cast: Cast) -> None:
    MOVES.take(promise, "keep", cast.actor("vera"), words="x")
    with pytest.raises(WrongState):
        MOVES.take(promise, "break", cast.actor("vera"), words="x", reason="y")
    assert promise.state == "kept"


def test_a_move_by_somebody_else_is_forbidden(promise: Promise, cast: Cast) -> None:
    for stranger in ("oleg", "copywriter", "irina", "finance"):
        with pytest.raises(Forbidden):
            MOVES.take(promise, "keep", cast.actor(stranger), words="x")
    assert promise.state == "open"


def test_a_move_that_asks_for_words_wants_them(promise: Promise, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        MOVES.take(promise, "break", cast.actor("vera"), words="x", reason="")
    assert refused.value.field == "reason"


def test_the_buttons_are_the_moves_one_may_take(promise: Promise, cast: Cast) -> None:
    assert {move.verb for move in MOVES.open_to(promise, cast.actor("vera"))} == {"keep", "break"}
    assert MOVES.open_to(promise, cast.actor("oleg")) == []
    assert MOVES.can(promise, "keep", cast.actor("owner"))
