"""P01: what was sent never changes: not by any page, not by raw SQL; a change is a new version."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from agency.flow.smetas import editing, operations, queries
from agency.flow.smetas.face import seal
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow.smetas import factory
from tests.installations import Installation
from tests.pages import Visitor

TABLES = ("smetas", "smeta_lines", "line_marks", "payment_rows")
# What life itself may still write on the version row and on a payment; in what it is owed is written once, by a yes.
ALIVE = {"smetas": {"state", "version", "decided_at", "decided_by_id", "reason"},
         "payment_rows": {"paid", "paid_on", "owed_in", "version"}}


def contents(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the smeta tables, without what life may write."""
    with app.app_context():
        db.session.rollback()
        found = {}
        for table in TABLES:
            names = [column.name for column in db.metadata.tables[table].columns]
            kept = [name for name in names if name not in ALIVE.get(table, ())]
            columns = ", ".join(f'"{name}"' for name in kept)
            rows = db.session.execute(text(f"SELECT {columns} FROM {table} ORDER BY id"))
            found[table] = [tuple(row) for row in rows]
        return found


@pytest.fixture(params=["sent", "approved"])
def frozen(request: pytest.FixtureRequest, app: Flask, cast: Cast) -> int:
    with app.app_context(), unit():
        smeta = factory.sent(cast)
        if request.param == "approved":
            irina = cast.actor("irina")
            operations.approve(smeta, by=irina, seen=smeta.content_hash, typed_name="Ирина Ветлугина")
        return smeta.id


def write_routes(app: Flask, id: int) -> Iterator[tuple[str, str]]:
    """Every unsafe address of the room, about the frozen version."""
    with app.app_context():
        smeta = queries.get_whole(id)
        assert smeta is not None
        known = {"id": id, "line_id": smeta.lines[0].id, "payment_id": smeta.payments[0].id,
                 "project_id": smeta.project_id}
        db.session.rollback()
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
        if rule.endpoint.startswith("smetas.") and methods:
            values = {name: known[name] for name in rule.arguments}
            with app.test_request_context():
                yield rule.endpoint, app.url_map.bind("").build(rule.endpoint, values, method="POST")


FORMS = (
    {}, {"do": "add:creative"}, {"without_brief": "так решили", "reason": "так надо", "paid_on": ""},
    {"title": "другое", "discount_percent": "50", "commission_percent": "0", "vat_mode": "inside",
     "rounding": "per_line", "commission_mode": "none", "price_kind": "approximate", "tax_rate": "22",
     "valid_until": "2030-01-01", "state": "draft", "gross": "1", "content_hash": "x"},
)


def test_no_page_changes_a_frozen_version(app: Flask, frozen: int, as_: Callable[[str | None], Visitor]) -> None:
    before = contents(app)
    routes = list(write_routes(app, frozen))
    assert len(routes) >= 14
    for name in ("vera", "owner", "head_creative", "finance", "admin", "copywriter"):
        visitor = as_(name)
        for endpoint, address in routes:
            if endpoint in ("smetas.withdraw", "smetas.new_version", "smetas.add", "smetas.create"):
                continue
            for fields in FORMS:
                cells = ("title", "quantity", "price")
                line = {f"line-{number}-{cell}": "7" for number in range(1, 20) for cell in cells}
                headers = {"X-CSRF-Token": visitor.token()}
                visitor.client.post(address, data={"version": "1", **line, **fields}, headers=headers)
    after = contents(app)
    mine = {table: [row for row in after[table] if row in before[table]] for table in TABLES}
    assert mine == before
    with app.app_context():
        smeta = queries.get_whole(frozen)
        assert smeta is not None
        assert seal(smeta) == smeta.content_hash
        assert queries.broken_seals() == []
        db.session.rollback()


NEW_LINE = (
    "INSERT INTO smeta_lines (smeta_id, client_id, lineage, ordinal, department, title, note, unit, quantity, cost,"
    " price, discount_percent, kind, supplier, is_optional, is_discountable, is_commissionable, client_accepts, rounds,"
    " net, version) SELECT smeta_id, client_id, 'new', 99, department, title, '', unit, 1, 1, 1, 0, 'own', '', false,"
    " true, false, false, 2, 1, 1 FROM smeta_lines WHERE smeta_id = :id LIMIT 1"
)
NEW_MARK = (
    "INSERT INTO line_marks (line_id, requirement_id) SELECT smeta_lines.id, requirements.id FROM smeta_lines,"
    " requirements WHERE smeta_lines.smeta_id = :id AND requirements.n = 2 LIMIT 1"
)
SQL = (
    "UPDATE smeta_lines SET price = 1 WHERE smeta_id = :id",
    "UPDATE smeta_lines SET smeta_id = smeta_id, title = 'другое' WHERE smeta_id = :id",
    "UPDATE smeta_lines SET version = version + 1 WHERE smeta_id = :id",
    "DELETE FROM smeta_lines WHERE smeta_id = :id",
    NEW_LINE, NEW_MARK,
    "UPDATE line_marks SET requirement_id = (SELECT id FROM requirements WHERE n = 3 LIMIT 1)",
    "DELETE FROM line_marks",
    "UPDATE payment_rows SET amount = 1 WHERE smeta_id = :id",
    "UPDATE payment_rows SET due_on = NULL, words = 'потом' WHERE smeta_id = :id",
    "DELETE FROM payment_rows WHERE smeta_id = :id",
    "UPDATE smetas SET gross = 1 WHERE id = :id",
    "UPDATE smetas SET discount_percent = 500000 WHERE id = :id",
    "UPDATE smetas SET valid_until = '2030-01-01' WHERE id = :id",
    "UPDATE smetas SET content_hash = 'x' WHERE id = :id",
    "UPDATE smetas SET sent_at = NULL, state = 'draft' WHERE id = :id",
    "UPDATE smetas SET state = 'draft' WHERE id = :id",
    "UPDATE smetas SET state = 'ready' WHERE id = :id",
    "DELETE FROM smetas WHERE id = :id",
)


def refuse_all(id: int) -> None:
    """Every statement is refused by the database itself."""
    for statement in SQL:
        with pytest.raises(DBAPIError) as refused, unit():
            db.session.execute(text(statement), {"id": id})
        assert "frozen" in str(refused.value), statement


def marked_and_sent(cast: Cast) -> int:
    vera = cast.actor("vera")
    smeta = factory.first(factory.project(cast), vera)
    editing.mark(smeta.lines[0], [1])
    operations.send(smeta, by=vera)
    return smeta.id


def test_raw_sql_is_refused_by_triggers(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            id = marked_and_sent(cast)
        before = contents(app)
        refuse_all(id)
        assert contents(app) == before


def test_an_approved_version_cannot_leave_its_state(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            smeta = factory.sent(cast)
            operations.approve(smeta, by=cast.actor("irina"), seen=smeta.content_hash, typed_name="Ирина Ветлугина")
            id = smeta.id
        for state in ("sent", "rejected", "withdrawn", "superseded"):
            with pytest.raises(DBAPIError), unit():
                db.session.execute(text("UPDATE smetas SET state = :state WHERE id = :id"), {"id": id, "state": state})
        refuse_another_currency(id)


def refuse_another_currency(id: int) -> None:
    """In what a payment is owed was written with the client's yes, and stays."""
    for currency in (None, "EUR"):
        with pytest.raises(DBAPIError) as refused, unit():
            owed = text("UPDATE payment_rows SET owed_in = :currency WHERE smeta_id = :id")
            db.session.execute(owed, {"id": id, "currency": currency})
        assert "frozen" in str(refused.value)


def test_lines_stand_still_while_an_owner_looks(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            vera = cast.actor("vera")
            smeta = factory.first(factory.project(cast), vera)
            operations.submit(smeta, by=vera)
            id = smeta.id
        with pytest.raises(DBAPIError), unit():
            db.session.execute(text("UPDATE smeta_lines SET price = 1 WHERE smeta_id = :id"), {"id": id})
        with unit():
            operations.bring_back(queries.get(id), "ещё раз", by=vera)
        with unit():
            db.session.execute(text("UPDATE smeta_lines SET price = 1 WHERE smeta_id = :id"), {"id": id})


@pytest.mark.postgres
def test_raw_sql_is_refused_on_postgresql_too(on_postgres: Installation) -> None:
    cast = on_postgres.cast
    with on_postgres.app.app_context():
        with unit():
            id = marked_and_sent(cast)
        before = contents(on_postgres.app)
        refuse_all(id)
        assert contents(on_postgres.app) == before
        with unit():
            smeta = queries.get_whole(id)
            assert smeta is not None
            irina = cast.actor("irina")
            operations.approve(smeta, by=irina, seen=smeta.content_hash, typed_name="Ирина Ветлугина")
        refuse_another_currency(id)
        assert queries.broken_seals() == []
