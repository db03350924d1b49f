"""Nasty words are tried on the twins, through every form their pages show."""

import pytest

from agency.kit import limits
from agency.kit.db import db
from tests.walk.stage import every_door, lived, twins

__all__ = ["every_door", "lived", "twins"]


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is tried on the same day of the same world: what a form wrote is checked and taken back."""

    def flush_and_forget() -> None:
        db.session.flush()
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", flush_and_forget)
    monkeypatch.setattr(limits, "allow", lambda *_: True)
    monkeypatch.setattr(limits, "forget", lambda *_: None)
