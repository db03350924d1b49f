"""Requests ready for tests of pages."""

from flask import Flask

from agency.flow.requests import operations
from agency.kit.db import unit
from agency.people.accounts.identity import NOBODY, as_actor
from tests.cast import Cast

WORDS = "Здравствуйте! Нужна кампания на февраль: идея, баннеры, ролик. Бюджет до 2,7 млн ₽. Когда ответите?"


def one(app: Flask, cast: Cast, email: str = "irina@tyoply-yozh.example", taken_by: str = "", **typed: str) -> int:
    """The id of a request from this address, confirmed when it is known, and taken by somebody if named."""
    with app.app_context(), unit():
        request = operations.receive(WORDS, by=NOBODY, email=email, **typed)
        if known := operations.queries.perhaps(request):
            operations.confirm_sender(request, by=as_actor(known.client.manager))
        if taken_by:
            operations.take(request, by=cast.actor(taken_by))
        return request.id


def asked(app: Flask, cast: Cast, email: str = "irina@tyoply-yozh.example") -> int:
    """The id of a request about which Vera has asked a question."""
    id = one(app, cast, email)
    with app.app_context(), unit():
        request = operations.queries.get(id)
        assert request is not None
        operations.ask(request, "Какой бюджет с НДС?", by=cast.actor("vera"))
    return id
