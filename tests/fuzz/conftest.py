"""Nasty words are tried on the twins, through every form their pages show."""

from typing import Any

import pytest
from flask import Flask

from agency.kit import limits
from agency.kit.db import db
from tests.cast import Cast
from tests.fuzz import pages
from tests.installations import Installation
from tests.pages import Visitor
from tests.walk.doors import Door
from tests.walk.stage import every_door, lived, twins

__all__ = ["every_door", "lived", "twins"]
_sheets: dict[int, list[pages.Sheet]] = {}


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is tried on the same day of the same world: what a form wrote is checked and taken back."""

    def flush_and_forget() -> None:
        db.session.flush()
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", flush_and_forget)
    monkeypatch.setattr(limits, "allow", lambda *_: True)
    monkeypatch.setattr(limits, "forget", lambda *_: None)


@pytest.fixture
def visitors(app: Flask, cast: Cast, twins: Any) -> dict[str | None, Visitor]:
    """A browser of each who types."""
    return {who: Visitor(app, cast, who) for who in pages.WHO}


@pytest.fixture
def ways(app: Flask, cast: Cast, visitors: Any, every_door: list[Door]) -> list[tuple[str | None, Door]]:
    """Who goes through which door."""
    with app.test_request_context(), app.app_context():
        found = list(pages.open_doors(app, cast, every_door))
        pages.forget_reading()
    return found


@pytest.fixture
def sheets(
    app: Flask, installation: Installation, visitors: dict[str | None, Visitor], ways: list[tuple[str | None, Door]],
) -> list[pages.Sheet]:
    """Every form that some page shows; looked for once on each database."""
    if id(installation) not in _sheets:
        _sheets[id(installation)] = pages.sheets(app, visitors, [way for way in ways if way[1].is_safe])
    return _sheets[id(installation)]
