"""Nothing that was promised moves in silence: a reason, a warning and its day, and what is given in return."""

from datetime import timedelta

import pytest

from agency.attached.promises import operations, queries
from agency.attached.promises.operations import Offer
from agency.kit import clock, journal
from agency.kit.states import Refused, WrongState
from tests.cast import Cast
from tests.flow import factory

FREE = Offer("bonus", "4 ресайза бесплатно", 1_280_000, "RUB")


@pytest.mark.on_both
def test_a_promise_moves_with_a_reason_and_the_day_of_the_warning(unit: object, cast: Cast) -> None:
    vera, today = cast.actor("vera"), clock.today()
    promise = operations.make(factory.a_project(cast), "Снять ролик", today + timedelta(days=3), by=vera)
    with pytest.raises(Refused) as silent:
        operations.move(promise, today + timedelta(days=7), " ", by=vera)
    assert silent.value.field == "reason"
    operations.move(promise, today + timedelta(days=7), "площадка отменила бронь", by=vera, offer=FREE)
    assert (promise.warned_on, promise.in_time, promise.moved_from) == (today, True, today + timedelta(days=3))
    assert [(row.words, row.amount) for row in promise.compensations] == [("4 ресайза бесплатно", 1_280_000)]
    told = {fact.verb: fact.audience for fact in journal.about(promise)}
    assert told["promise.moved"] == told["promise.compensated"] == "client"


def test_a_warning_on_the_day_itself_is_no_warning_in_time(unit: object, cast: Cast) -> None:
    vera, today = cast.actor("vera"), clock.today()
    promise = operations.make(factory.a_project(cast), "Показать макет", today, by=vera)
    operations.move(promise, today + timedelta(days=1), "болеем", by=vera)
    assert promise.in_time is False
    operations.move(promise, today + timedelta(days=5), "всё ещё болеем", by=vera)
    assert (promise.in_time, promise.moved_from) == (False, today)


def test_something_is_offered_only_for_what_moved_and_given_once(unit: object, cast: Cast) -> None:
    vera, today = cast.actor("vera"), clock.today()
    promise = operations.make(factory.a_project(cast), "Сдать тексты", today, by=vera)
    with pytest.raises(WrongState):
        operations.compensate(promise, FREE, by=vera)
    operations.break_(promise, "не успели", by=vera)
    for poor in (("", "4 ресайза", 1), ("bonus", " ", 1), ("discount", "скидка", 0)):
        with pytest.raises(Refused):
            operations.compensate(promise, Offer(*poor, "RUB"), by=vera)
    row = operations.compensate(promise, FREE, by=vera)
    operations.give(row, "TE-2026-014/Д1", by=vera)
    assert (row.given_on, row.given_in) == (today, "TE-2026-014/Д1")
    with pytest.raises(WrongState):
        operations.give(row, by=vera)


def test_the_ledger_says_how_each_keeps_the_word(unit: object, cast: Cast) -> None:
    vera, today = cast.actor("vera"), clock.today()
    project = factory.a_project(cast)
    kept, broken = (operations.make(project, words, today, by=vera) for words in ("Первое", "Второе"))
    operations.make(project, "Третье", today, by=vera)
    operations.keep(kept, by=vera)
    operations.break_(broken, "не успели", by=vera)
    assert queries.kept_by_manager(vera)[cast.persons["vera"]] == queries.Kept(1, 0, 1, 1)
    assert queries.kept_by_manager(vera)[cast.persons["vera"]].rate == 50
    assert queries.kept_by_manager(cast.actor("oleg")) == {}


def test_a_promise_asks_once_before_its_day(unit: object, cast: Cast) -> None:
    vera, today = cast.actor("vera"), clock.today()
    promise = operations.make(factory.a_project(cast), "Показать идею", today + timedelta(days=1), by=vera)
    for _round in range(2):
        operations.ask_ahead(promise, by=vera)
    assert [fact.verb for fact in journal.about(promise)].count("promise.due_soon") == 1
