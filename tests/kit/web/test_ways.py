"""Addresses by the short way are those that Flask would build."""

from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError

SAID: tuple[dict[str, Any], ...] = (
    {}, {"id": 7}, {"id": "7"}, {"id": 0, "page": None}, {"id": 7, "q": "ёж & ко", "page": 2}, {"q": ["a", "б"]},
    {"id": 7, "_anchor": "часть"}, {"id": 7, "_external": True}, {"id": 7, "_method": "GET"}, {"id": None},
    {"filename": "css/app.css", "v": "1"}, {"token": "a/b?c"}, {"id": 7, "n": 3}, {"id": 7, "_external": False},
)


def _built(app: Flask, endpoint: str, said: dict[str, Any], plainly: bool) -> str:
    try:
        return Flask.url_for(app, endpoint, **said) if plainly else url_for(endpoint, **said)
    except BuildError:
        return "none"


@pytest.mark.parametrize("under", ["", "/agency"])
def test_every_page_is_found_at_the_address_that_flask_gives(app: Flask, under: str) -> None:
    found = 0
    with app.test_request_context("/", base_url=f"http://localhost{under}"):
        for endpoint in sorted({rule.endpoint for rule in app.url_map.iter_rules()}):
            for said in SAID:
                theirs = _built(app, endpoint, said, plainly=True)
                assert _built(app, endpoint, said, plainly=False) == theirs
                found += theirs != "none"
    assert found > 500


def test_a_page_near_the_one_that_is_shown_may_be_named_by_its_end(app: Flask) -> None:
    with app.test_request_context("/requests/"):
        assert url_for(".index") == "/requests/"


def test_outside_a_request_addresses_are_flasks_own_affair(app: Flask) -> None:
    with app.app_context(), pytest.raises(RuntimeError):
        url_for("requests.index")


def test_a_path_needs_no_request(app: Flask) -> None:
    site: Any = app
    assert site.path("tasks.show", id=7) == "/tasks/7"
    assert site.path("tasks.show", id="7", page=2) == "/tasks/7?page=2"
    with pytest.raises(BuildError):
        site.path("tasks.show")
    with pytest.raises(BuildError):
        site.path("nothing.here", id=7)
