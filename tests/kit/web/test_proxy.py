"""Behind https on the same machine each reader is counted by the own address; elsewhere a header proves nothing."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, request

from agency.kit.settings import Settings
from agency.kit.web import proxy


def seen(settings: Settings, header: str, **changed: Any) -> str:
    app = Flask(__name__)
    proxy.setup(app, replace(settings, **changed))
    app.add_url_rule("/", "who", lambda: f"{request.remote_addr} {request.host} {request.scheme}")
    sent = {"X-Forwarded-For": header, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"}
    return app.test_client().get("/", headers=sent).text


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_the_proxy_on_this_machine_says_who_asks_and_nothing_else(settings: Settings, host: str) -> None:
    text = seen(settings, "6.6.6.6, 203.0.113.7", url="https://agency.example", host=host)
    assert text == "203.0.113.7 localhost http"


@pytest.mark.parametrize("changed", [
    {"url": "http://localhost"}, {"url": "https://agency.example", "host": "0.0.0.0"},
    {"url": "https://agency.example", "host": "::"}, {"url": "https://agency.example", "host": "agency.example"},
])  # fmt: skip
def test_nobody_else_is_believed(settings: Settings, changed: dict[str, str]) -> None:
    assert seen(settings, "203.0.113.7", **changed) == "127.0.0.1 localhost http"
