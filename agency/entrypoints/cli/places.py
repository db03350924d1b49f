"""The places a run needs for itself: one lock a data folder and a free port."""

import fcntl
import os
import socket
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

# How long the children of a killed run may take to follow it.
FOLLOWING = 35.0
# How long the processes of a web server that was killed may take to let its port go.
LETTING_GO = 5.0


class NoPlace(Exception):
    """A run cannot begin here; its text is the sentence for the person who starts us."""


@contextmanager
def locked(data: Path, say: Callable[[str], None]) -> Generator[int]:
    """Hold the data folder for one run; the children keep the lock open, so it ends with the last of them."""
    with (data / "run.lock").open("a+") as file:
        _take(file.fileno(), data, say)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file.fileno()


def _take(lock: int, data: Path, say: Callable[[str], None]) -> None:
    deadline = time.monotonic() + FOLLOWING
    said = False
    while True:
        with suppress(BlockingIOError):
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        holder = (data / "run.lock").read_text().strip()
        if _lives(holder) or time.monotonic() > deadline:
            raise NoPlace(
                f"Agency already runs in {data} (process {holder or 'unknown'}). "
                "Stop that one with Ctrl C, or set AGENCY_DATA to another folder."
            )
        if not said:
            say("The last run was cut off; waiting for its processes to end.")
            said = True
        time.sleep(0.2)


def _lives(pid: str) -> bool:
    with suppress(ValueError, ProcessLookupError):
        os.kill(int(pid), 0)
        return True
    return False


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen on this port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def choose_port(host: str, wanted: int, given: bool) -> int:
    """The wanted port or, when nobody insisted on it, the next free one."""
    for port in range(wanted, min(wanted + (1 if given else 100), 65536)):
        if is_free(host, port):
            return port
    raise NoPlace(f"Port {wanted} on {host} cannot be used: something else listens there. Set AGENCY_PORT to another.")


def await_port(host: str, port: int) -> None:
    """Wait until nobody listens here, as long as a killed server may take to let it go; else NoPlace.

    Processes that listen for themselves share a port with whoever else does so: no error would tell of it.
    """
    deadline = time.monotonic() + LETTING_GO
    while not is_free(host, port) and time.monotonic() < deadline:
        time.sleep(0.1)
    choose_port(host, port, given=True)
