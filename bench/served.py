"""An agency, or the bare page, served by real processes while a block runs."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench import place

PATIENCE = 60.0


@contextmanager
def running(argv: Sequence[str], env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process and its end."""
    process = subprocess.Popen(list(argv), env=dict(env), cwd=place.ROOT, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def agency(folder: Path, more: Mapping[str, str] = place.NOTHING) -> Iterator[int]:
    """The web server of an agency in a folder; gives its port."""
    words = place.environ(folder, more)
    with running(place.command("serve"), place.for_child(words)):
        yield _once_up(int(words["AGENCY_PORT"]), "/health/live")


@contextmanager
def bare(folder: Path) -> Iterator[int]:
    """The bare page over the database of an agency; gives its port."""
    port = place.free_port()
    url = place.settings(place.environ(folder)).database_url
    with running([sys.executable, "-P", "-m", "bench.bare", url, str(port)], place.for_child({})):
        yield _once_up(port, "/")


def _once_up(port: int, path: str) -> int:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        line = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", path)
            if line.getresponse().status < 500:
                return port
        except (OSError, HTTPException):
            time.sleep(0.2)
        finally:
            line.close()
    raise TimeoutError(f"nothing answers on port {port}")
