"""Every state of a brief meets every move: what the table does not name is refused and changes nothing."""

import pytest

from agency.flow.briefs import operations, sealing
from agency.flow.briefs.models import CLIENT_STATES, DEPARTMENT_STATES, Brief
from agency.flow.briefs.states import CLIENT_MOVES, DEPARTMENT_MOVES
from agency.kit import clock
from agency.kit.db import db
from agency.kit.states import Moves, WrongState
from tests.cast import Cast
from tests.flow.briefs import cases

pytestmark = pytest.mark.usefixtures("unit")

CLIENT_WAYS = {
    "send": lambda brief, cast: operations.send(brief, by=cast.actor("vera")),
    "approve": lambda brief, cast: operations.approve(brief, brief.content_hash, "И. В.", by=cast.actor("irina")),
    "return": lambda brief, cast: operations.give_back(brief, "слова", by=cast.actor("irina")),
    "withdraw": lambda brief, cast: operations.withdraw(brief, by=cast.actor("vera")),
    "supersede": lambda brief, cast: CLIENT_MOVES.take(brief, "supersede", by=cast.actor("vera"), number=brief.number),
}
DEPARTMENT_WAYS = {
    "issue": lambda brief, cast: operations.issue(brief, by=cast.actor("vera")),
    "accept": lambda brief, cast: operations.accept(brief, "Понял", by=cast.actor("head_creative")),
    "return": lambda brief, cast: operations.hand_back(brief, "Нет", by=cast.actor("head_creative")),
    "supersede": lambda brief, cast: DEPARTMENT_MOVES.take(
        brief, "supersede", by=cast.actor("vera"), number=brief.number),
}  # fmt: skip


@pytest.mark.parametrize("verb", CLIENT_WAYS)
@pytest.mark.parametrize("state", CLIENT_STATES)
def test_a_client_brief_takes_only_its_moves(cast: Cast, state: str, verb: str) -> None:
    brief = cases.a_draft(cast)
    _force(brief, state)
    _try(CLIENT_MOVES, CLIENT_WAYS, brief, verb, cast)


@pytest.mark.parametrize("verb", DEPARTMENT_WAYS)
@pytest.mark.parametrize("state", DEPARTMENT_STATES)
def test_a_department_brief_takes_only_its_moves(cast: Cast, state: str, verb: str) -> None:
    brief = cases.a_creative_draft(cast)
    _force(brief, state)
    _try(DEPARTMENT_MOVES, DEPARTMENT_WAYS, brief, verb, cast)


def _force(brief: Brief, state: str) -> None:
    if state == "draft":
        return
    brief.sent_at, brief.content_hash, brief.state = clock.now(), sealing.hash_of(brief), state
    db.session.flush()


def _try(moves: Moves, ways, brief: Brief, verb: str, cast: Cast) -> None:
    state, move = brief.state, moves.moves.get((verb, brief.state))
    if move is None:
        with pytest.raises(WrongState):
            ways[verb](brief, cast)
        assert brief.state == state
    else:
        ways[verb](brief, cast)
        assert brief.state == move.target
