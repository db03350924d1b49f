"""P16: a record moves only along the arrows of its table: every state, every move, everybody."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from agency.kit import policy
from agency.kit.db import db, unit
from agency.kit.journal import Fact
from agency.kit.policy import Forbidden
from agency.kit.queue import SYSTEM
from agency.kit.states import REGISTRY, Move, Moves, Refused, WrongState
from tests.cast import Cast
from tests.figures import figure
from tests.promises.lives import ANSWERS, MAKERS, prepare, settle

MOVES = Path(__file__).parents[1] / "house" / "moves.txt"
WHO = (
    "owner", "admin", "vera", "oleg", "head_creative", "head_media", "copywriter", "seo", "finance",
    "irina", "timur", "stranger",
)  # fmt: skip


def test_p16_every_kind_with_a_life_is_walked(app: Flask) -> None:
    assert set(MAKERS) == set(REGISTRY)


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_p16_every_state_every_move_everybody(kind: str, app: Flask, cast: Cast) -> None:
    moves = REGISTRY[kind]
    moved = set()
    with app.app_context(), unit():
        actors = [*(cast.actor(name) for name in WHO), SYSTEM]
        for state in moves.states:
            record = MAKERS[kind](cast, state)
            for verb in {move.verb for move in moves.all}:
                for actor in actors:
                    moved |= _try(moves, record, verb, actor)
    unguarded = {(verb, source) for (verb, source), move in moves.moves.items() if move.guard is None}
    assert unguarded <= moved, f"nobody could take {sorted(unguarded - moved)}"


def _try(moves: Moves, record: Any, verb: str, actor: Any) -> set[tuple[str, str]]:
    """Try one move as one person and look at everything that may come of it; answers the arrow if it was taken."""
    state, move = record.state, moves.moves.get((verb, record.state))
    if move is None:
        with pytest.raises(WrongState):
            moves.take(record, verb, by=actor, **ANSWERS)
        assert record.state == state
        return set()
    facts = _facts()
    attempt = db.session.begin_nested()
    try:
        return _take(moves, move, record, actor, facts)
    finally:
        attempt.rollback()
        assert (record.state, _facts()) == (state, facts)


def _take(moves: Moves, move: Move, record: Any, actor: Any, facts: int) -> set[tuple[str, str]]:
    state = record.state
    may = policy.may(actor, move.policy, record)
    named = {name: value for name, value in ANSWERS.items() if name in move.asks} | {"title": "Задача", "n": 1}
    prepare(record, move.verb)
    try:
        fact = moves.take(record, move.verb, by=actor, **named)
    except Forbidden:
        assert not may, f"{move.verb} is refused to somebody who may"
    except Refused:
        assert may, f"{move.verb}: the rule spoke before the right was asked"
        assert move.guard is not None, f"{move.verb} is refused without a guard"
    else:
        assert may, f"{move.verb} was taken by somebody who may not"
        assert record.state in move.ends()
        assert (fact.verb, fact.actor_id, _facts()) == (move.fact, actor.id, facts + 1)
        return {(move.verb, state)}
    assert (record.state, _facts()) == (state, facts)
    return set()


def _facts() -> int:
    return db.session.query(Fact).count()


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_p16_what_a_move_asks_for_must_be_answered(kind: str, app: Flask, cast: Cast) -> None:
    moves = REGISTRY[kind]
    with app.app_context(), unit():
        actors = [*(cast.actor(name) for name in WHO), SYSTEM]
        for (verb, source), move in moves.moves.items():
            record = MAKERS[kind](cast, source)
            actor = next((actor for actor in actors if policy.may(actor, move.policy, record)), None)
            assert actor is not None, f"nobody may {verb} from {source}"
            for name in move.asks:
                answers = {key: value for key, value in ANSWERS.items() if key in move.asks and key != name}
                with pytest.raises(Refused) as refused:
                    moves.take(record, verb, by=actor, **answers)
                assert refused.value.field == name
                assert record.state == source


# Of both databases together.
STEPS = figure(500, 20_000)
ARROW = re.compile(r"^(\w+) +(\w+) -(\w+)-> ([\w, |]+?)  ", re.MULTILINE)


def arrows() -> dict[str, dict[tuple[str, str], set[str]]]:
    """The arrows as the page of moves has them: kind -> (state, verb) -> where it may lead."""
    found: dict[str, dict[tuple[str, str], set[str]]] = {}
    for kind, source, verb, targets in ARROW.findall(MOVES.read_text()):
        found.setdefault(kind, {}).setdefault((source, verb), set()).update(re.split(r"\W+", targets))
    return found


def test_p16_on_a_long_walk_by_anybody_every_record_stays_on_its_arrows(app: Flask, cast: Cast) -> None:
    chance, known, moved = random.Random(16), arrows(), 0
    assert known.keys() == MAKERS.keys()
    with app.app_context(), unit():
        actors = [*(cast.actor(name) for name in WHO), SYSTEM]
        records = {kind: MAKERS[kind](cast, REGISTRY[kind].states[0]) for kind in MAKERS}
        for _step in range(STEPS // 2):
            kind = chance.choice(sorted(records))
            record, before = records[kind], records[kind].state
            verb, actor = _chosen(chance, known[kind], REGISTRY[kind], record, actors)
            went = _attempt(REGISTRY[kind], record, verb, actor)
            kept = f"SELECT state FROM {record.__tablename__} WHERE id = {record.id}"
            state = db.session.execute(text(kept)).scalar()
            assert state in known[kind].get((before, verb), set()) if went else state == before, (kind, before, verb)
            moved += went
            if not any(source == state for source, _ in known[kind]):
                records[kind] = MAKERS[kind](cast, REGISTRY[kind].states[0])
    assert moved > STEPS // 10, "hardly anything has moved"


def _chosen(chance: random.Random, known: Any, moves: Moves, record: Any, actors: list[Any]) -> tuple[str, Any]:
    """Any move by anybody; more often one that leaves from here, by somebody who may take it."""
    here = sorted(verb for source, verb in known if source == record.state)
    verb = chance.choice(here if here and chance.random() < 0.7 else sorted({verb for _, verb in known}))
    move = moves.moves.get((verb, record.state))
    able = [actor for actor in actors if move and policy.may(actor, move.policy, record)]
    return verb, chance.choice(able if able and chance.random() < 0.7 else actors)


def _attempt(moves: Moves, record: Any, verb: str, actor: Any) -> bool:
    move = moves.moves.get((verb, record.state))
    asked = move.asks if move else ()
    try:
        with db.session.begin_nested(), db.session.no_autoflush:
            settle(record, verb)
            moves.take(record, verb, by=actor, title="Задача", n=1, **{name: ANSWERS[name] for name in asked})
    except (Refused, Forbidden):
        return False
    return True


@pytest.mark.on_both
@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_p16_the_database_knows_no_other_state(kind: str, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit():
        record = MAKERS[kind](cast, REGISTRY[kind].states[0])
        with pytest.raises(DBAPIError, match=r"CHECK|check constraint|frozen"), db.session.begin_nested():
            db.session.execute(text(f"UPDATE {record.__tablename__} SET state = 'elsewhere' WHERE id = {record.id}"))
