"""Counting what a page asks the database."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from agency.kit.db import db
from tests.pages import Visitor


@pytest.fixture
def questions(app: Flask) -> Callable[[Visitor, str], int]:
    """How many statements a page needs, beyond those that find out who is asking."""

    def count(visitor: Visitor, address: str) -> int:
        bare = _statements(app, lambda: visitor.get("/components"))
        return _statements(app, lambda: visitor.get(address)) - bare

    return count


def _statements(app: Flask, fetch: Callable[[], object]) -> int:
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        fetch()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)
