"""Pages of errors: what was typed is kept, secrets are not, and a broken database still gets its page."""

import pytest
from sqlalchemy.exc import OperationalError

from agency.people.accounts import queries


def test_a_refused_form_is_shown_again_without_its_password(as_):
    sent = {"email": "vera@agency.example", "password": "three secret words", "new-current": "an old one", "next": "/x"}
    page = as_(None).client.post("/sign-in", data=sent)
    assert page.status_code == 403
    assert "vera@agency.example" in page.text
    assert "three secret words" not in page.text
    assert "an old one" not in page.text


def test_a_database_that_does_not_answer_is_told_on_a_page_that_asks_it_nothing(as_, monkeypatch):
    def silent(_secret):
        raise OperationalError("SELECT", {}, RuntimeError("database is locked"))

    visitor = as_("vera")
    monkeypatch.setattr(queries, "session_of", silent)
    page = visitor.client.get("/projects/")
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert "<h1>" in page.text
    assert "locked" not in page.text


def test_a_fault_before_anybody_is_known_has_its_page_too(app, as_, monkeypatch):
    def broken(_secret):
        raise RuntimeError("the secret inside")

    visitor = as_("vera")
    monkeypatch.setattr(queries, "session_of", broken)
    monkeypatch.setitem(app.config, "SHOWS_FAULTS", True)
    page = visitor.client.get("/projects/")
    assert page.status_code == 500
    assert "<h1>" in page.text
    assert "the secret inside" not in page.text


def test_what_is_too_much_to_be_read_has_its_page(app, as_, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    page = as_(None).client.post("/ask", data={"words": "x" * 2000})
    assert page.status_code == 413
    assert "<h1>" in page.text


@pytest.mark.parametrize("origin", ["http://[::1", "https://evil.example", "http://localhost.evil.example", "x"])
def test_another_origin_is_refused_however_it_is_written(as_, origin):
    visitor = as_("vera")
    answer = visitor.client.post(
        "/profile/theme", data={"theme": "dark"}, headers={"X-CSRF-Token": visitor.token(), "Origin": origin},
    )
    assert answer.status_code == 403
