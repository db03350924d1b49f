"""Who holds a lease: a process named so exactly that its death can be noticed on the same machine."""

import os
from functools import cache
from pathlib import Path

PROC = Path("/proc")


@cache
def _place() -> str:
    """This machine since its last start, and this namespace of process ids; empty where unknown."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
        space = (PROC / "self/ns/pid").stat().st_ino
    except OSError:
        return ""
    return f"{boot}.{space}"


def _started(pid: int) -> str | None:
    """The start time of a living process in kernel ticks; None when it is gone or a zombie."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def me() -> str:
    """The name of this process, good for telling later whether it still lives."""
    return f"{_place()}/{os.getpid()}/{_started(os.getpid()) or ''}"


def gone(owner: str | None) -> bool:
    """Whether the owner is surely dead; False when it lives, or lives where we cannot look."""
    place, _, rest = (owner or "").partition("/")
    pid, _, started = rest.partition("/")
    if not place or place != _place() or not pid.isdigit():
        return False
    return _started(int(pid)) != started
