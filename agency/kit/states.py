"""States as a table of moves: one function takes a move, the same table draws and tests them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from agency.kit import journal, policy
from agency.kit.db import db
from agency.kit.words import lazy

REGISTRY: dict[str, "Moves"] = {}

Guard = Callable[[Any, Any, dict[str, Any]], str | None]


class Refused(Exception):
    """A rule says no, in a person's words; `field` names the input it belongs beside."""

    status = 422

    def __init__(self, sentence: Any, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


class WrongState(Refused):
    """The record has moved on: this can no longer be done to it."""

    status = 409


@dataclass(frozen=True)
class Move:
    """One arrow: from which states, by whom, to which state, writing which fact."""

    verb: str
    sources: tuple[str, ...]
    target: str | Callable[[Any], str]
    policy: str
    fact: str
    label: Any
    asks: tuple[str, ...] = ()
    guard: Guard | None = None
    # Who may read the fact; a function when that depends on the record.
    audience: str | Callable[[Any], str] = "inner"
    # What `target` may answer when it is a function; for the diagram and the tests.
    targets: tuple[str, ...] = ()

    def ends(self) -> tuple[str, ...]:
        """Every state this move can lead to."""
        return (self.target,) if isinstance(self.target, str) else self.targets


class Moves:
    """All moves of one kind of record."""

    def __init__(self, kind: str, states: Sequence[str], moves: Sequence[Move]) -> None:
        self.kind = kind
        self.states = tuple(states)
        self.moves = {(move.verb, source): move for move in moves for source in move.sources}
        self.all = tuple(moves)
        REGISTRY[kind] = self

    def take(self, record: Any, verb: str, by: Any, **details: Any) -> journal.Fact:
        """Take the move or raise Refused (wrong state, missing answer, guard) or Forbidden.

        The caller's unit of work fails with StaleDataError when somebody else moved it first.
        """
        move = self.moves.get((verb, record.state))
        if move is None:
            raise WrongState(lazy("This has already changed, so the step is no longer possible. Look at it again."))
        policy.demand(by, move.policy, record)
        for name in move.asks:
            if details.get(name) in (None, "", []):
                raise Refused(lazy("Please say this in a few words."), name)
        if move.guard and (reason := move.guard(record, by, details)):
            raise Refused(reason)
        came_from = record.state
        record.state = move.target if isinstance(move.target, str) else move.target(record)
        db.session.flush()
        spoken = {name: value for name, value in details.items() if value is not None}
        audience = move.audience if isinstance(move.audience, str) else move.audience(record)
        return journal.fact(move.fact, about=record, by=by, audience=audience, came_from=came_from, **spoken)

    def open_to(self, record: Any, actor: Any) -> list[Move]:
        """The moves this actor may take from where the record stands."""
        found = [move for (_, source), move in self.moves.items() if source == record.state]
        return [move for move in found if policy.may(actor, move.policy, record)]

    def can(self, record: Any, verb: str, actor: Any) -> bool:
        """Whether the actor may take this move now (guards aside)."""
        move = self.moves.get((verb, record.state))
        return move is not None and policy.may(actor, move.policy, record)
