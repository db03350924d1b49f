"""A mailed link is narrow, dated, revocable, and does not leak (P18)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from agency.entrypoints.portal import links
from agency.entrypoints.portal.models import Link
from agency.kit import clock
from agency.kit.db import db, unit
from agency.kit.queue import SYSTEM
from tests.cast import Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


@pytest.fixture
def token(app: Flask, cast: Cast) -> str:
    """A link for Irina, as it would stand in her mail."""
    with app.app_context(), unit():
        return links.mint(cast.person("irina"), by=SYSTEM).rsplit("/", 1)[1]


def test_a_link_becomes_a_cookie_and_the_address_is_clean(as_: As, token: str) -> None:
    answer = as_(None).get(f"/p/{token}", status=303)
    assert answer.headers["Location"] == "/portal"
    assert token not in answer.headers["Set-Cookie"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_link_ends_to_the_second(as_: As, token: str) -> None:
    end = clock.now() + timedelta(days=links.DAYS)
    with time_machine.travel(end - timedelta(seconds=60), tick=False):
        as_(None).get(f"/p/{token}", status=303)
    with time_machine.travel(end + timedelta(seconds=60), tick=False):
        as_(None).get(f"/p/{token}", status=404)


def test_a_revoked_link_lets_nobody_in_and_puts_out_who_is(app: Flask, as_: As, cast: Cast, token: str) -> None:
    visitor = as_(None)
    visitor.get(f"/p/{token}", status=303)
    with app.app_context(), unit():
        links.revoke_of_person(cast.persons["irina"], by=cast.actor("vera"))
    as_(None).get(f"/p/{token}", status=404)
    visitor.get("/portal", status=302)


def test_only_the_digest_is_kept(app: Flask, cast: Cast, token: str) -> None:
    with app.app_context():
        rows = db.session.scalars(select(Link)).all()
        assert len(rows) == 1
        assert rows[0].token_hash != token
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(text(f"SELECT * FROM {table.name}")):
                assert token not in str(tuple(row))


def test_a_link_cannot_point_outside_the_portal(unit: object, cast: Cast) -> None:
    with pytest.raises(ValueError, match="portal"):
        links.mint(cast.person("irina"), to="/settings", by=SYSTEM)
