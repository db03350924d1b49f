"""How a run spreads over its processes: a file stays together, and so do the files that look at the same world."""

import re

from xdist.scheduler import LoadScopeScheduling

# The world of the twins takes longer to live than most files take as a whole: once on each database is enough.
TWINS = re.compile(
    r"tests/(fuzz/|promises/test_p1[127]_|promises/test_p18_|promises/test_p23_|walk/test_exports"
    r"|entrypoints/portal/test_(preview|colleagues|decisions|pages)|workers/test_again)",
)
# As many seconds as all of those together may take on a busy machine.
LONG = 400


def meets_twins(nodeid: str) -> bool:
    """Whether a test is of a file that looks at the twins."""
    return TWINS.match(nodeid) is not None


def together(nodeid: str) -> str:
    """The name of what stays in one process with this test."""
    if meets_twins(nodeid):
        return "the twins on PostgreSQL" if "[postgres" in nodeid else "the twins"
    return nodeid.partition("::")[0]


class Spread(LoadScopeScheduling):
    """Units of work in the order in which their tests were put, each for the next process that is free."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)
