"""A question is put together once a shape and asked with its values."""

from types import SimpleNamespace

import pytest
from sqlalchemy import Select, bindparam, event, select

from agency.kit.db import Among, ask, db, note, prepared, unit
from agency.people.clients.models import Brand, Client
from tests.cast import Cast

built: list[bool] = []


@prepared
def _names(newest_first: bool) -> Select[int, str]:
    built.append(newest_first)
    rows = select(Client.id, Client.name).where(Client.id.in_(bindparam("clients", expanding=True)))
    return rows.order_by(Client.id.desc() if newest_first else Client.id)


@prepared
def _brands() -> Select[int, str]:
    return select(Brand.client_id, Brand.name).where(Brand.client_id.in_(Among("of"))).order_by(Brand.id)


@pytest.mark.on_both
def test_a_shape_is_built_once_and_asked_with_other_values(context: None, cast: Cast) -> None:
    every = [row.name for row in ask(_names(newest_first=False), clients=[cast.hedgehog, cast.rival])]
    assert every == [row.name for row in ask(_names(newest_first=True), clients=[cast.hedgehog, cast.rival])][::-1]
    assert ask(_names(newest_first=False), clients=[cast.hedgehog]).one() == (cast.hedgehog, "Тёплый Ёж")
    assert ask(_names(newest_first=False), clients=[]).all() == []
    assert sorted(built) == [False, True]


@pytest.mark.on_both
def test_what_a_unit_has_not_written_yet_is_found(context: None, cast: Cast) -> None:
    with unit() as open_unit:
        db.session.get_one(Client, cast.hedgehog).name = "Сонный Ёж"
        assert ask(_names(newest_first=False), clients=[cast.hedgehog]).one().name == "Сонный Ёж"
        open_unit.abandon()


def test_a_question_runs_in_the_transaction_of_the_session(context: None, cast: Cast) -> None:
    begun: list[str] = []
    event.listen(db.engine, "begin", lambda _connection: begun.append("begin"))
    db.session.rollback()
    db.session.get(Client, cast.hedgehog)
    ask(_names(newest_first=False), clients=[cast.hedgehog])
    assert begun == ["begin"]


@pytest.mark.on_both
def test_rows_are_noted_beside_the_records_they_belong_to(context: None, cast: Cast) -> None:
    with unit():
        db.session.add_all([Brand(client_id=cast.hedgehog, name=name) for name in ("Ёжик", "Колючка")])
    records = [SimpleNamespace(id=cast.hedgehog), SimpleNamespace(id=cast.rival)]
    note(records, "brands", _brands())
    assert [row.name for row in records[0].brands][-2:] == ["Ёжик", "Колючка"]
    assert "Ёжик" not in [row.name for row in records[1].brands]
    note([], "brands", _brands())
