"""What ends a stage by itself: the client's yes to a paper; without one a person says when it is over."""

from typing import Any

from agency.kit.words import lazy_in

BY_HAND = ""
NAMES = {
    BY_HAND: lazy_in("ending", "we say so"),
    "brief": lazy_in("ending", "the client approves the brief"),
    "estimate": lazy_in("ending", "the client approves the estimate"),
}
# The fact that each waits for.
FACTS = {"brief.approved": "brief", "smeta.approved": "estimate"}


def known(name: Any) -> str:
    """The ending itself, or none for a name nobody knows."""
    return name if name in NAMES else BY_HAND
