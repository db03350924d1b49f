"""What is asked past SQLAlchemy is answered as SQLAlchemy answers it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Integer, Select, bindparam, cast, event, func, literal, select, union_all
from sqlalchemy.exc import MultipleResultsFound, NoResultFound, OperationalError, StatementError

from agency.flow.projects.models import Project
from agency.kit import clock
from agency.kit.db import Among, answers, ask, db, prepared, unit
from agency.people.accounts.models import Person
from agency.people.agency.models import Setting
from agency.people.clients.models import Client
from tests.cast import Cast

VALUE = {"a": [1, None, "ё"]}


@prepared
def _every_type() -> Select[*tuple[Any, ...]]:
    rows = select(
        Person.id, Person.name, Person.is_active, Person.created_at, Client.name, Setting.value,
        Setting.valid_from, (Person.id + 3).label("count"), literal("слово").label("_word"),
    ).select_from(Person).join(Client, Client.id > 0).join(Setting, Setting.id > 0)  # fmt: skip
    return rows.where(Person.id.in_(Among("persons")), Setting.valid_from <= bindparam("on")).order_by(Setting.id)


@prepared
def _names(most: int) -> Select[int, str]:
    return select(Client.id, Client.name).where(Client.name != bindparam("not", "Тёплый Ёж")).limit(most)


@prepared
def _two_kinds() -> Select[*tuple[Any, ...]]:
    first = select(literal("client").label("kind"), Client.created_at.label("at")).where(Client.id == bindparam("id"))
    return union_all(first, select(literal("project"), func.min(Project.created_at)))


@prepared
def _wrong() -> Select[int]:
    return select(cast(func.json_extract(bindparam("text"), "$"), Integer))


def rows(question: Any, **values: Any) -> list[Any]:
    """By SQLAlchemy."""
    return list(db.session.execute(question, values).all())


@contextmanager
def listening(name: str) -> Iterator[list[str]]:
    """What this event of SQLAlchemy is told of."""
    said: list[str] = []

    def note(*told: Any) -> None:
        said.extend(str(one) for one in told[1:] if "clients" in str(one))

    event.listen(db.engine, name, note)
    yield said
    event.remove(db.engine, name, note)


@pytest.mark.on_both
def test_rows_are_the_same_by_both_ways(context: None, cast: Cast) -> None:
    with unit():
        db.session.add(Setting(key="x", value=VALUE, valid_from=date(2026, 1, 5), set_at=clock.now()))
    persons = list(db.session.scalars(select(Person.id)))
    for _again in range(3):
        found = ask(_every_type(), persons=persons, on=date(2026, 3, 1))
        kept = rows(_every_type(), persons=persons, on=date(2026, 3, 1))
        assert [tuple(row) for row in found] == [tuple(row) for row in kept]
        assert {type(value) for value in found[-1]} == {type(value) for value in kept[-1]}
        assert (found[-1].name, found[-1].valid_from, found[-1].count) == (
            kept[-1].name, kept[-1].valid_from, kept[-1].id + 3,
        )  # fmt: skip
        assert found[-1].value == VALUE
        assert ask(_two_kinds(), id=cast.hedgehog).all() == [tuple(row) for row in rows(_two_kinds(), id=cast.hedgehog)]


@pytest.mark.on_both
def test_values_that_nobody_gives_are_those_of_the_question(context: None, cast: Cast) -> None:
    for _again in range(3):
        assert "Тёплый Ёж" not in [name for _id, name in ask(_names(9))]
        assert "Тёплый Ёж" in [name for _id, name in ask(_names(9), **{"not": ""})]


@pytest.mark.on_both
def test_the_words_by_which_rows_are_taken(context: None, cast: Cast) -> None:
    for _again in range(2):
        one, many, none = (ask(_names(most), **{"not": ""}) for most in (1, 2, 0))
        assert one.one() == one.first() == many.first() == one.all()[0]
        assert one.scalar() == one.scalar_one() == one[0].id
        assert many.scalars() == [row.id for row in many]
        assert (none.first(), none.scalar(), none.all()) == (None, None, [])
        with pytest.raises(NoResultFound):
            none.scalar_one()
        with pytest.raises(MultipleResultsFound):
            many.one()


def test_a_question_asked_again_goes_past_sqlalchemy(context: None, cast: Cast) -> None:
    with listening("before_execute") as prepared_by_it:
        found = ask(_names(7))
        assert len(prepared_by_it) == 1
        again = ask(_names(7))
        assert again == found != []
        assert type(again[0]) is type(found[0])
    assert len(prepared_by_it) == 1


def test_whoever_listens_hears_every_statement(context: None, cast: Cast) -> None:
    ask(_names(6))
    with listening("before_cursor_execute") as statements:
        for _again in range(3):
            ask(_names(6))
    assert len(statements) == 3


def test_an_error_is_told_as_sqlalchemy_tells_it(context: None, cast: Cast) -> None:
    assert ask(_wrong(), text="1").scalar() == 1
    with pytest.raises(OperationalError, match="malformed JSON"):
        ask(_wrong(), text="{")
    assert ask(_wrong(), text="2").scalar() == 2


@pytest.mark.on_both
def test_a_value_that_was_forgotten_is_never_taken_for_nothing(context: None, cast: Cast) -> None:
    for _again in range(3):
        assert ask(_two_kinds(), id=cast.hedgehog)
        with pytest.raises(StatementError, match="'id'"):
            ask(_two_kinds())


@prepared
def _listed() -> Select[int]:
    return select(Client.id).where(Client.id.in_(bindparam("clients", expanding=True)))


def test_a_question_whose_words_depend_on_its_values_is_put_to_words_each_time(context: None, cast: Cast) -> None:
    for clients in ([cast.hedgehog], [cast.hedgehog, cast.rival], []):
        assert sorted(row.id for row in ask(_listed(), clients=clients)) == sorted(clients)
    assert answers._known[id(_listed())][1] is None


def test_what_is_not_settled_is_not_kept(context: None, cast: Cast) -> None:
    loose = select(Client.id).where(Client.id == cast.hedgehog)
    for _again in range(2):
        assert ask(loose).scalar_one() == cast.hedgehog
    assert id(loose) not in answers._known
