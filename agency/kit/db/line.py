"""The line of an SQLite database's writers: whoever came first writes first, whichever process it is in.

SQLite lets waiters look again after sleeps that grow, so newcomers overtake whoever waits long. Here each writer draws
a ticket and waits until all earlier ones are gone. The line is a courtesy, the lock of the database stays the law:
where there are no file locks, or somebody within the line fell asleep, one goes on to the database and waits there.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# Seconds in the line; then the writer asks SQLite itself, which waits for its busy_timeout.
COURTESY = 4.0
LOOK = 0.001
DOOR = 0


@contextmanager
def in_line(database: str | None, courtesy: float = COURTESY) -> Iterator[None]:
    """Hold the place at the head of the line beside this database file, for one writer of this process at a time.

    A place is a lock of the kernel: it ends with its process, however that dies, and is not inherited by forks.
    """
    place = _draw(database, time.monotonic() + courtesy) if database and database != ":memory:" else None
    try:
        yield
    finally:
        if place is not None:
            os.close(place)


def _draw(database: str, until: float) -> int | None:
    try:
        place = os.open(f"{database}-line", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    with suppress(OSError, OverflowError):
        if _lock(place, DOOR, 1, until):
            ticket = int.from_bytes(os.pread(place, 8, 0)) + 1
            os.pwrite(place, ticket.to_bytes(8), 0)
            fcntl.lockf(place, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, ticket)
            fcntl.lockf(place, fcntl.LOCK_UN, 1, DOOR)
            # Every earlier ticket is the lock of its byte: all of them can be had once all have left.
            _lock(place, DOOR + 1, ticket - 1, until)
    return place


def _lock(place: int, start: int, length: int, until: float) -> bool:
    """Take these bytes, looking again and again; whether it was possible in time."""
    while length:
        try:
            fcntl.lockf(place, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
            break
        except (BlockingIOError, PermissionError):
            if time.monotonic() > until:
                return False
            time.sleep(LOOK)
    return True
