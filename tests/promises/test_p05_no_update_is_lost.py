"""P05: of two who edit the same thing, the second is shown both versions and nothing is lost."""

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from agency.flow.projects.models import Requirement
from agency.kit.db import db, db_reading, unit
from agency.kit.web import Form
from tests.cast import Cast
from tests.figures import figure
from tests.pages import Visitor
from tests.promises.editors import FORMS, Editing, filled

As = Callable[[str | None], Visitor]
# Forms that carry a version and yet edit nothing that somebody else could have changed.
NOT_EDITED = {"clients.NewClientForm": "makes a client that was not there before"}
# Of both databases together; a step is a person who looks anew, or saves words typed over what was opened last.
HISTORIES = figure(500, 10_000)
PEOPLE = ("vera", "owner")
STEPS = st.tuples(st.sampled_from(PEOPLE), st.sampled_from([None, "Баннеры", "Ролик", "Страница", "Тексты"]))
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


def test_p05_control_without_the_guard_the_first_editors_words_are_lost(
    as_: As, app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("agency.flow.projects.card.changed_meanwhile", lambda *_: None)
    editing = next(editing for editing in FORMS if editing.form == "projects.CardForm")
    with app.app_context(), unit():
        page, field = editing.lay(cast)
    quick, slow = as_("vera"), as_("owner")
    opened = [filled(visitor.get(page).text, page, field) for visitor in (quick, slow)]
    for (address, values), words, visitor in zip(opened, (editing.theirs, editing.mine), (quick, slow), strict=True):
        visitor.post(address, values | {field: words})
    now = _text(quick.get(page))
    assert editing.mine in now
    assert editing.theirs not in now, "nothing was lost: this test proves nothing any more"


class Statement:
    """The words of one requirement, and people who open and save them in any order."""

    def __init__(self, app: Flask, cast: Cast, as_: As) -> None:
        editing = next(editing for editing in FORMS if editing.form == "projects.RequirementForm")
        with app.app_context(), unit():
            page, self.field = editing.lay(cast)
        self.app, self.people, self.refused = app, {name: as_(name) for name in PEOPLE}, 0
        self.address, self.values = filled(self.people["vera"].get(page).text, page, self.field)
        self.id, self.version = int(self.field[1:].partition("-")[0]), self.field.replace("words", "version")

    def now(self) -> tuple[int, str]:
        """The version and the words that are kept."""
        with self.app.app_context(), db_reading():
            return tuple(db.session.execute(select(Requirement.version, Requirement.words).filter_by(id=self.id)).one())

    def play(self, history: list[tuple[str, str | None]]) -> None:
        """Each step opens the form anew, or saves what was typed over the version opened last."""
        version, words = self.now()
        opened = dict.fromkeys(PEOPLE, version)
        for who, typed in history:
            if typed is None:
                opened[who] = version
                continue
            sent = self.values | {self.field: typed, self.version: str(opened[who])}
            headers = {"X-CSRF-Token": self.people[who].token()}
            answer, before = self.people[who].client.post(self.address, data=sent, headers=headers), (version, words)
            version, words = self.now()
            if opened[who] == before[0]:
                assert (answer.status_code, words) == (303, typed), history
            else:
                # Refused, and the page shows both.
                assert (answer.status_code, version, words) == (409, *before), history
                assert typed == words or (typed in answer.text and words in answer.text), history
                self.refused += 1


def test_p05_in_no_history_of_looks_and_saves_a_word_is_lost(app: Flask, cast: Cast, as_: As) -> None:
    statement = Statement(app, cast, as_)

    @settings(max_examples=HISTORIES // 2, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEPS, min_size=2, max_size=5))
    def play(history: list[tuple[str, str | None]]) -> None:
        statement.play(history)

    play()
    assert statement.refused > HISTORIES // 10, "hardly anybody was late"


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
