"""The edge of the web: headers on every answer, forged forms refused, refusals leave no trace, faults have a number."""

from collections.abc import Callable

import pytest
from flask import Flask

from agency.kit.db import db, unit
from agency.kit.states import Refused
from agency.kit.web.headers import CSP
from agency.people.accounts import operations
from agency.people.accounts.models import Person
from tests.cast import Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


@pytest.mark.parametrize("address", ["/sign-in", "/nothing/here", "/static/css/app.css", "/health/live", "/components"])
def test_every_answer_carries_the_headers(as_: As, address: str) -> None:
    answer = as_("vera").client.get(address, buffered=True)
    assert answer.headers["Content-Security-Policy"] == CSP
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    kept = "no-store" if not address.startswith("/static") else "no-cache"
    assert answer.headers["Cache-Control"] == kept


def test_cookies_cannot_be_read_by_scripts_or_sent_across_sites(as_: As) -> None:
    answer = as_(None).client.get("/sign-in")
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_a_refused_form_changes_nothing(app: Flask, as_: As, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(person: Person, theme: str) -> None:
        person.theme = "dark"
        db.session.flush()
        raise Refused("no")

    monkeypatch.setattr(operations, "set_theme", refuse)
    as_("vera").post("/profile/theme", {"theme": "dark"}, status=422)
    with app.app_context():
        assert cast.person("vera").theme == ""


def test_an_unexpected_fault_shows_a_number_and_no_trace(app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_person: Person, _theme: str) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(operations, "set_theme", break_down)
    app.config["SHOWS_FAULTS"] = True
    try:
        text = as_("vera").post("/profile/theme", {"theme": "dark"}, status=500).text
    finally:
        del app.config["SHOWS_FAULTS"]
    assert "the secret inside" not in text
    assert "Traceback" not in text


def test_a_page_that_does_not_exist_says_so_in_the_readers_language(as_: As, app: Flask, cast: Cast) -> None:
    assert "Такой страницы нет" in as_("vera").get("/nothing/here", status=404).text
    with app.app_context(), unit():
        operations.set_language(cast.person("vera"), "en")
    assert "Такой страницы нет" not in as_("vera").get("/nothing/here", status=404).text
