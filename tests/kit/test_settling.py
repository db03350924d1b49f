"""Questions that are put together once say their own words themselves; what a reader brings stays a parameter."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, bindparam, event, func, literal, or_, select

from agency.kit.db import ask, db, prepared
from agency.people.clients.models import Client
from tests.cast import Cast

pytestmark = pytest.mark.on_both


@prepared
def _named(word: str) -> Select[Any]:
    return select(Client.id, literal(word).label("word")).where(or_(Client.name == word, Client.id == bindparam("id")))


@prepared
def _in_states(*states: str) -> Select[Any]:
    return select(Client.id).where(Client.name.in_(states), Client.id > bindparam("id"))


@pytest.fixture
def heard(app: Flask, context: None) -> Iterator[list[tuple[str, Any]]]:
    """What the database is asked, with its parameters."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        said.append((statement, given))

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


def test_words_are_written_out_and_only_what_a_reader_brings_is_bound(heard: list[Any], cast: Cast) -> None:
    assert ask(_in_states("Тёплый Ёж", "Никто"), id=0).scalars() == [cast.hedgehog]
    statement, given = heard[-1]
    assert "'Тёплый Ёж', 'Никто'" in statement
    assert (list(given.values()) if isinstance(given, dict) else list(given)) == [0]


def test_a_limit_of_its_own_is_written_out_and_a_readers_is_bound(heard: list[Any], cast: Cast) -> None:
    @prepared
    def few(own: bool) -> Select[Any]:
        rows = select(Client.id).where(Client.id >= bindparam("id")).order_by(Client.id)
        return rows.limit(1) if own else rows.limit(bindparam("most")).offset(1)

    ids = ask(few(own=True), id=0).scalars()
    statement, given = heard[-1]
    assert statement.endswith("LIMIT 1") and len(given) == 1
    assert ask(few(own=False), id=0, most=1).scalars() != ids
    assert ask(few(own=False), id=0, most=0).all() == []


def test_questions_of_one_shape_never_take_each_others_words(context: None, cast: Cast) -> None:
    for _turn in range(3):
        for word in ("Тёплый Ёж", "Никто"):
            found = [tuple(row) for row in ask(_named(word), id=cast.hedgehog)]
            assert found == [(cast.hedgehog, word)]
            assert ask(_named(word), id=0).all() == ([(cast.hedgehog, word)] if word == "Тёплый Ёж" else [])


def test_one_made_out_of_another_is_a_question_of_its_own(context: None, cast: Cast) -> None:
    whole = _in_states("Тёплый Ёж")
    assert ask(whole, id=0).scalars() == [cast.hedgehog]
    assert ask(whole.where(Client.name == "Никто"), id=0).all() == []
    assert ask(whole.where(Client.name == "Тёплый Ёж"), id=0).scalars() == [cast.hedgehog]
    assert ask(whole, id=0).scalars() == [cast.hedgehog]


@pytest.mark.parametrize("word", ["О'Генри", "100 %", "%s :id ?", 'сказал "да"', "обратная \\ черта", ""])
def test_a_word_with_signs_of_the_database_is_only_a_word(context: None, word: str) -> None:
    @prepared
    def said() -> Select[Any]:
        return select(literal(word).label("word"), bindparam("id", type_=Client.id.type).label("id"))

    assert tuple(ask(said(), id=7).one()) == (word, 7)


def test_a_number_is_no_number_of_a_column(context: None, cast: Cast) -> None:
    @prepared
    def counted() -> Select[Any]:
        one = literal(3)
        return select(one.label("three"), func.count(), func.min(Client.id)).group_by(one).order_by(one)

    assert ask(counted()).one().three == 3


def test_a_question_is_compiled_once_however_often_it_is_asked(context: None, cast: Cast) -> None:
    forms = db.engine.get_execution_options()["compiled_cache"]
    ask(_named("Однажды"), id=1).all()
    kept = len(forms.settled), len(forms)
    for id in range(5):
        ask(_named("Однажды"), id=id).all()
    assert (len(forms.settled), len(forms)) == kept
