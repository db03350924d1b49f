"""P01, whatever is tried in whatever order: a version that was sent says the same after each deed."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from agency.flow.smetas import editing, operations, queries
from agency.flow.smetas.face import seal
from agency.flow.smetas.models import Smeta
from agency.kit.db import db, unit
from agency.kit.policy import Forbidden
from agency.kit.queue import SYSTEM
from agency.kit.states import Refused
from tests.cast import Cast
from tests.figures import figure
from tests.promises.test_p01_frozen import ALIVE, SQL, marked_and_sent

WHO = ("vera", "irina")
# Of both databases together. A step: what somebody tries on the frozen version, or on the one that follows it.
HISTORIES = figure(300, 10_000)
WHOSE = {"smetas": "id = :id", "smeta_lines": "smeta_id = :id", "payment_rows": "smeta_id = :id",
         "line_marks": "line_id IN (SELECT id FROM smeta_lines WHERE smeta_id = :id)"}
LINE = {"price": Decimal(7), "quantity": Decimal(3)}
TRIED: dict[str, Callable[[Smeta, Any, Any], Any]] = {
    "change a line": lambda smeta, vera, irina: editing.change_line(smeta.lines[0], LINE, by=vera),
    "add a line": lambda smeta, vera, irina: editing.add_line(smeta, "creative", by=vera, title="ещё"),
    "remove a line": lambda smeta, vera, irina: editing.remove_line(smeta.lines[-1], by=vera),
    "set the terms": lambda smeta, vera, irina: editing.set_terms(smeta, by=vera, discount_percent=Decimal(50)),
    "set the payments": lambda smeta, vera, irina: editing.set_payments(smeta, [{}], by=vera),
    "recount": lambda smeta, vera, irina: editing.recount(smeta, by=vera),
    "withdraw": lambda smeta, vera, irina: operations.withdraw(smeta, by=vera),
    "expire": lambda smeta, vera, irina: operations.expire(smeta, by=SYSTEM),
    "approve": lambda smeta, vera, irina: operations.approve(
        smeta, by=irina, seen=smeta.content_hash, typed_name="Ирина Ветлугина"),
    "reject": lambda smeta, vera, irina: operations.reject(smeta, "дорого", by=irina, seen=smeta.content_hash),
    "make a new version": lambda smeta, vera, irina: operations.new_version(smeta, by=vera),
    "send": lambda smeta, vera, irina: operations.send(smeta, by=vera),
    "write past the orm": lambda smeta, vera, irina: smeta.lines[0].__setattr__("price", Decimal(9)),
    "say it in SQL": lambda smeta, vera, irina: db.session.execute(text(SQL[smeta.id % len(SQL)]), {"id": smeta.id}),
}  # fmt: skip


def rows_of(id: int) -> list[Any]:
    """Every row of one version, without what life may write."""
    found = []
    for table, its in WHOSE.items():
        names = [column.name for column in db.metadata.tables[table].columns if column.name not in ALIVE.get(table, ())]
        columns = ", ".join(f'{table}."{name}"' for name in names)
        found += db.session.execute(text(f"SELECT {columns} FROM {table} WHERE {its} ORDER BY id"), {"id": id}).all()
    return found


def test_no_history_of_deeds_changes_a_frozen_version(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit() as open_unit:
        frozen = queries.get_whole(marked_and_sent(cast))
        id, sealed, before, vera, irina = frozen.id, frozen.content_hash, rows_of(frozen.id), *map(cast.actor, WHO)

        @settings(max_examples=HISTORIES // 2, suppress_health_check=list(HealthCheck))
        @given(st.lists(st.tuples(st.sampled_from(sorted(TRIED)), st.booleans()), min_size=1, max_size=8))
        def play(history: list[tuple[str, bool]]) -> None:
            with db.session.begin_nested() as whole:
                for deed, on_the_newest in history:
                    versions = sorted(queries.of_project(frozen.project_id), key=lambda row: row.n)
                    smeta = queries.get_whole(versions[-1].id if on_the_newest else id)
                    with suppress(Refused, Forbidden, DBAPIError), db.session.begin_nested():
                        TRIED[deed](smeta, vera, irina)
                        db.session.flush()
                    db.session.expire_all()
                    assert rows_of(id) == before, history
                assert seal(queries.get_whole(id)) == sealed, history
                whole.rollback()

        play()
        open_unit.abandon()
