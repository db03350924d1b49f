"""What the processes of an agency cost: processor time and memory, read from the kernel."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def seconds(pid: int) -> float:
    """Processor time of a process and of all its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / TICK


def family(pid: int) -> Iterator[int]:
    """A process and its living children."""
    yield pid
    for child in _told(f"/proc/{pid}/task/{pid}/children").split():
        yield from family(int(child))


def mebibytes(pid: int) -> float:
    """What a process and its children hold, shared pages counted by their share."""
    total = 0
    for one in family(pid):
        for line in _told(f"/proc/{one}/smaps_rollup").splitlines():
            total += int(line.split()[1]) if line.startswith("Pss:") else 0
    return total / 1024


def _told(path: str) -> str:
    """What the kernel says of a process; nothing of one that has ended meanwhile."""
    with suppress(OSError):
        return Path(path).read_text()
    return ""
