"""Letters about requests: a stranger's words are never sent on under our name."""

from typing import Any

import pytest
from flask import Flask

from agency.flow.requests import emails, operations
from agency.kit.db import db, unit
from agency.kit.mail import Letter
from agency.people.accounts.identity import NOBODY
from agency.people.clients.models import Client
from tests.cast import Cast


@pytest.fixture
def letter(app: Flask, cast: Cast) -> Any:
    """The letter that says a request has come."""

    def write(source: str, by: Any = NOBODY) -> Letter:
        with app.test_request_context(), app.app_context(), unit():
            client = None
            if by is not NOBODY:
                client = db.session.get(Client, cast.hedgehog)
            request = operations.receive(
                "Вы выиграли приз: https://evil.example", by=by, client=client, source=source,
                contact_name="Приз https://evil.example", email="somebody@else.example",
            )
            return emails.received(request, None)

    return write


def test_what_anybody_typed_on_the_public_page_is_mailed_to_nobody(letter: Any) -> None:
    sent = letter("public")
    assert "evil.example" not in f"{sent.to} {sent.subject} {sent.text} {sent.html}"
    assert sent.to == [("", "somebody@else.example")]


def test_a_client_who_came_by_a_link_reads_the_own_words(letter: Any, app: Flask, cast: Cast) -> None:
    with app.app_context():
        irina = cast.actor("irina")
    assert "Вы выиграли приз" in letter("portal", irina).text
