"""P05: of two who edit the same thing, the second is shown both versions and nothing is lost."""

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from agency.kit.db import unit
from agency.kit.web import Form
from tests.cast import Cast
from tests.pages import Visitor
from tests.promises.editors import FORMS, Editing, filled

As = Callable[[str | None], Visitor]
# Forms that carry a version and yet edit nothing that somebody else could have changed.
NOT_EDITED = {"clients.NewClientForm": "makes a client that was not there before"}
REASON = {"due-reason": "Площадка отменила бронь", "reason": "Площадка отменила бронь"}


@pytest.mark.parametrize("editing", FORMS, ids=lambda editing: editing.name)
def test_p05_the_second_of_two_editors_sees_both_versions(editing: Editing, as_: As, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        page, field = editing.lay(cast)
    quick, slow = as_(editing.editors[0]), as_(editing.editors[1])
    opened = [filled(visitor.get(page).text, page, field) for visitor in (quick, slow)]
    for (address, values), words, visitor, status in zip(
        opened, (editing.theirs, editing.mine), (quick, slow), (303, 409), strict=True,
    ):
        typed = str(cast.persons[words[1:]]) if words.startswith("@") else words
        sent = values | {field: typed} | {name: why for name, why in REASON.items() if name in values}
        answer = visitor.post(address, sent, status=status)
    for words in (editing.mine, editing.theirs):
        assert _said(app, cast, words) in _text(answer), f"{words} is not shown"
    assert _said(app, cast, editing.theirs) in _text(quick.get(page)), "the first editor's words are gone"


def _text(answer: TestResponse) -> str:
    return unescape(answer.text).replace("\u00a0", " ")


def _said(app: Flask, cast: Cast, words: str) -> str:
    """What was typed, as a page says it: people by name, days in words."""
    if words.startswith("@"):
        with app.app_context():
            return cast.person(words[1:]).name
    told = {"2027-04-02": "2 апреля", "finance:": "Финансы", "account_manager:account": "Менеджер по работе"}
    return told.get(words, words)


def test_p05_every_form_with_a_version_is_walked(app: Flask) -> None:
    versioned = {
        f"{kind.__module__.split('.')[-2]}.{kind.__name__}"
        for kind in _kinds(Form) if hasattr(kind, "version") and not _kinds(kind)
    }
    assert versioned - {editing.form for editing in FORMS} == set(NOT_EDITED)


def _kinds(kind: type) -> set[type]:
    return {found for one in kind.__subclasses__() for found in {one, *_kinds(one)}}
