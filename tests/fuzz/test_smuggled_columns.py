"""No form takes a column it does not show: each is sent with every column of every table, and each field twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event, update

from agency.kit.db import db, unit
from agency.people.clients.models import Client
from tests.fuzz import pages
from tests.fuzz.test_whatever_is_typed import ENDING, GOOD
from tests.pages import Visitor

WORD, NUMBER, DAY = "smuggled-by-nobody", 98_765_431, "2099-09-09"
VALUES = {"Integer": str(NUMBER), "BigInteger": str(NUMBER), "Date": DAY, "Instant": DAY, "Boolean": "y"}
# What a form does take although a page shows it to others, or at other times, only.
TAKEN: dict[str, set[str]] = {}


def poison() -> dict[str, str]:
    """A value for every column of every table, by which it would be known again."""
    found = {}
    for table in db.metadata.tables.values():
        for column in table.columns:
            found[column.name] = VALUES.get(type(column.type).__name__, WORD)
    return found


@contextmanager
def stored(app: Flask) -> Iterator[list[str]]:
    """The statements that write one of the values meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE") and any(
            sign in repr(given) for sign in (WORD, str(NUMBER), DAY, "datetime.date(2099, 9, 9)")
        ):
            found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_no_form_takes_a_column_it_does_not_show(
    app: Flask, visitors: dict[str | None, Visitor], sheets: list[pages.Sheet], endless: None,
) -> None:
    shown: dict[str, set[str]] = {}
    for sheet in sheets:
        shown.setdefault(sheet.endpoint, set()).update(sheet.fields)
    extra, tried, wrong = poison(), 0, []
    assert len(extra) > 200
    for sheet in sheets:
        if sheet.endpoint in ENDING:
            continue
        known = shown[sheet.endpoint] | TAKEN.get(sheet.endpoint, set())
        sent: dict[str, Any] = {name: value for name, value in extra.items() if name not in known} | sheet.fields
        wrong += try_sheet(app, visitors[sheet.who], sheet, sent)
        tried += 1
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 60


def test_of_a_field_that_is_sent_twice_the_second_counts_nowhere(
    app: Flask, visitors: dict[str | None, Visitor], sheets: list[pages.Sheet], endless: None,
) -> None:
    wrong, tried = [], 0
    for sheet in sheets:
        if sheet.endpoint in ENDING:
            continue
        # A choice of several may honestly come several times; what is typed, or hidden, is one.
        sent = {name: [*(given or [""])[:1], WORD] for name, given in sheet.fields.items() if len(given) < 2}
        wrong += try_sheet(app, visitors[sheet.who], sheet, sent)
        tried += 1
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 60


def test_a_value_that_is_stored_is_seen(app: Flask, twins: Any) -> None:
    """The test of the test."""
    with app.app_context(), stored(app) as found, unit():
        db.session.execute(update(Client).values(name=WORD))
    assert len(found) == 1


def try_sheet(app: Flask, visitor: Visitor, sheet: pages.Sheet, sent: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What went wrong when a form was sent so."""
    with stored(app) as found:
        answer = visitor.client.post(sheet.address, data=sent, headers={"X-CSRF-Token": visitor.token()})
    fault = [] if answer.status_code in GOOD else [(sheet.endpoint, sheet.address, answer.status_code)]
    return fault + [(sheet.endpoint, sheet.address, statement[:120]) for statement in found]
