"""P12: the walk of every door by every identity; what is expected is computed from the policy table alone."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from agency.flow.smetas import operations
from agency.flow.smetas.models import Smeta
from agency.kit import policy
from agency.kit.db import db, unit
from agency.kit.policy import Forbidden
from tests.cast import Cast
from tests.figures import SOAKING
from tests.pages import Visitor
from tests.walk import doors, matrix
from tests.walk.doors import Door, Identity
from tests.walk.world import Twin

Twins = tuple[Twin, Twin]
# These end the session of whoever walks through them, so they are walked last of all by nobody.
ENDING = ("accounts.sign_out", "portal.leave")
NAMES = (*doors.STAFF, *doors.CONTACTS, *doors.DEPUTIES, "holder of a link", doors.EXPIRED, doors.LEFT, "nobody")


def paired(every_door: list[Door], twins: Twins) -> list[Door]:
    """Each route and method with one record of each twin, and one of no client."""
    found: dict[tuple[str, str, int | None], Door] = {}
    # The newest record of each, in whatever order the databases tell them.
    for door in sorted(every_door, key=lambda door: (len(door.address), door.address)):
        if _lasts(door):
            found[door.endpoint, door.method, door.client_id] = door
    return list(found.values())


def _lasts(door: Door) -> bool:
    return door.endpoint not in ENDING


def walker(app: Flask, cast: Cast, twins: Twins, name: str) -> Identity:
    people = doors.STAFF | doors.CONTACTS
    if name in people:
        return Identity(name, Visitor(app, cast, people[name]), people[name])
    if name in doors.DEPUTIES:
        return doors.deputy_of(app, cast, twins[0], doors.DEPUTIES[name])
    if name == doors.LEFT:
        return doors.left(app, cast)
    if name == doors.EXPIRED:
        return doors.expired(app, cast, twins[0])
    if name == "nobody":
        return Identity(name, Visitor(app, cast, None))
    return doors.holder_of(app, cast, twins[0])


def expected(app: Flask, cast: Cast, one: Identity, some: list[Door]) -> Iterator[tuple[Door, str]]:
    with app.test_request_context(), app.app_context():
        actor = one.actor(cast)
        told = [(door, doors.outcome(app, actor, door)) for door in some]
        db.session.rollback()
    yield from told


def is_denied(answer: TestResponse, word: str) -> bool:
    if word == "sign-in":
        to = answer.headers.get("Location", "")
        return answer.status_code == 302 and to.startswith(("/sign-in", "/portal/entrance"))
    return answer.status_code == {"hidden": 404, "refused": 403}[word]


@pytest.mark.few_on_postgres("owner", "manager of A", "specialist", "approver of A", "holder of a link", "nobody")
@pytest.mark.parametrize("name", NAMES)
def test_the_walk(
    app: Flask, cast: Cast, twins: Twins, every_door: list[Door], unhurried: None, name: str,
) -> None:
    one, told = walker(app, cast, twins, name), Counter[str]()
    some = list(expected(app, cast, one, paired(every_door, twins)))
    now, then = matrix.column(some, twins), matrix.kept(name)
    changed = {door: (then.get(door), now.get(door)) for door in now.keys() | then if then.get(door) != now.get(door)}
    assert changed == {}, "look at each door that opened or shut, then write it: python -m tests.walk.matrix"
    before = doors.contents(app)
    # A long run knocks at every record there is.
    some = list(expected(app, cast, one, [*filter(_lasts, every_door)])) if SOAKING else some
    for door, word in some:
        if word in ("open", "public"):
            continue
        with doors.writes(app) as written:
            answer = one.knock(door)
        assert is_denied(answer, word), (name, door, word, answer.status_code)
        assert written == [], (name, door)
        told[word] += 1
    assert doors.contents(app) == before, "a door that was denied has changed something"
    for door, word in some:
        if word in ("open", "public") and door.is_safe:
            with doors.writes(app) as written:
                answer = one.knock(door)
            assert written == [], f"looking has changed something: {door}"
            assert answer.status_code in _looks(door, one), (name, door, answer.status_code)
            told[word] += 1
    assert sum(told.values()) > 150


def _looks(door: Door, one: Identity) -> tuple[int, ...]:
    # Bytes that are not drawn yet, a token of nobody and a part of a mail without parts are honestly not there;
    # and whoever came by a link has no account to look at.
    nothing_there = bool(door.args) or (one.link_id is not None and door.endpoint.startswith("accounts."))
    return (200, 302, 303, 404, 409, 410) if nothing_there else (200, 302, 303)


@pytest.mark.few_on_postgres("manager of A")
@pytest.mark.parametrize("name", ["manager of A", "owner", "approver of A", "specialist"])
def test_what_is_open_is_not_refused(app: Flask, cast: Cast, twins: Twins, every_door: list[Door], name: str) -> None:
    """An empty form through an open door gets an answer in words, or is done; it is never a fault of ours."""
    one, tried = walker(app, cast, twins, name), 0
    for door in paired(every_door, twins):
        if door.is_safe:
            continue
        with app.test_request_context(), app.app_context():
            word = doors.outcome(app, one.actor(cast), door)
            db.session.rollback()
        if word == "open":
            answer, tried = one.knock(door), tried + 1
            assert answer.status_code in (200, 204, 303, 403, 409, 422), (name, door, answer.status_code)
    assert tried > 3


def test_a_forgotten_rule_is_a_fault_and_never_a_permission(app: Flask, cast: Cast) -> None:
    with app.app_context(), pytest.raises(KeyError):
        policy.may(cast.actor("owner"), "nothing.said")


def test_the_walk_would_see_an_opened_door(
    app: Flask, cast: Cast, twins: Twins, every_door: list[Door], monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The test of the test: with one rule opened at run time only, the walk's expectation no longer holds."""
    one, mine = walker(app, cast, twins, "finance"), twins[0].client_id
    door = next(door for door in every_door if door.endpoint == "project_parts.start" and door.client_id == mine)
    with app.test_request_context(), app.app_context():
        assert doors.outcome(app, one.actor(cast), door) == "refused"
        db.session.rollback()

    def everybody(actor: Any, record: Any) -> bool:
        return True

    monkeypatch.setitem(policy._rules, "project.start", everybody)
    assert not is_denied(one.knock(door), "refused")


def test_operations_ask_the_same_table(app: Flask, cast: Cast, twins: Twins) -> None:
    """A job or a command has no route: the verbs refuse by themselves."""
    with app.app_context(), pytest.raises(Forbidden), unit():
        sent = db.session.query(Smeta).filter_by(client_id=twins[0].client_id, state="sent").one()
        operations.approve(sent, by=cast.actor("stranger"), seen=sent.content_hash, typed_name="Чужой Человек")
