"""How a run spreads over its processes: a file stays together, and so do the files that look at the same world."""

import re

from xdist.scheduler import LoadScopeScheduling

# The world of the twins takes longer to live than most files take as a whole: once on each database is enough.
TWINS = re.compile(
    r"tests/(fuzz/|promises/test_p1[127]_|promises/test_p18_|promises/test_p23_|walk/test_exports"
    r"|entrypoints/portal/test_(preview|colleagues|decisions|pages)|workers/test_again)",
)
# What waits much for processes it kills, beside what a browser and its servers keep both cores busy with: by turns, so
# that each pair fills the machine. Then the twins, then all else.
FIRST = (
    "tests/promises/test_p07_", "tests/story/test_every_page", "tests/promises/test_p06_", "tests/story/test_the_mor",
    "tests/story/",
)


def meets_twins(nodeid: str) -> bool:
    """Whether a test is of a file that looks at the twins."""
    return TWINS.match(nodeid) is not None


def turn(nodeid: str) -> int:
    """When a test has its turn: the smaller, the sooner."""
    early = next((place for place, start in enumerate(FIRST) if nodeid.startswith(start)), len(FIRST))
    return early if early < len(FIRST) or meets_twins(nodeid) else len(FIRST) + 1


def together(nodeid: str) -> str:
    """The name of what stays in one process with this test."""
    if meets_twins(nodeid):
        return "the twins on PostgreSQL" if "[postgres" in nodeid else "the twins"
    return nodeid.partition("::")[0]


class Spread(LoadScopeScheduling):
    """Units of work in the order in which their tests were put, each for the next process that is free."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)
