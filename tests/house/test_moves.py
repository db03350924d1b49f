"""Every record's life is one table; the list of all moves is one golden file."""

from pathlib import Path

from flask import Flask

from agency.entrypoints.cli import listing
from agency.kit import journal, policy
from agency.kit.states import REGISTRY

GOLDEN = Path(__file__).parent / "moves.txt"


def test_the_moves_are_those_of_the_golden_file(app: Flask) -> None:
    now = "\n".join(listing.moves()) + "\n"
    assert GOLDEN.read_text() == now, f"moves changed; look at the difference and write it with:\n{now}"


def test_every_move_has_a_right_a_declared_fact_and_known_states(app: Flask) -> None:
    for kind, moves in REGISTRY.items():
        for move in moves.all:
            assert policy.knows(move.policy), (kind, move.verb)
            assert move.fact in journal.declared(), (kind, move.verb)
            assert set(move.sources) | set(move.ends()) <= set(moves.states), (kind, move.verb)


def test_every_state_can_be_reached(app: Flask) -> None:
    for kind, moves in REGISTRY.items():
        reached = {end for move in moves.all for end in move.ends()} | {moves.states[0]}
        assert reached >= set(moves.states), f"{kind}: nothing leads to {set(moves.states) - reached}"
