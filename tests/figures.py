"""How much is tried: the quick figures of `./run test`, or the large ones of `./run soak`."""

import os

SOAKING = os.environ.get("AGENCY_SOAK") == "1"


def figure(quick: int, soak: int) -> int:
    """The figure of this run; the tests are the same ones."""
    return soak if SOAKING else quick
