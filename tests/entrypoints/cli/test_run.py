"""`agency run` as a person starts it: everything comes up, comes back, and goes away."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from urllib.request import urlopen

import pytest

import config

ROOT = Path(config.__file__).parent


class Office:
    """A running agency with what it has said so far."""

    def __init__(self, data: Path, wanted: int) -> None:
        self.log = data.parent / "said"
        self.out: TextIO = self.log.open("w")
        environ = {"PATH": os.environ["PATH"], "AGENCY_DATA": str(data), "PYTHONPATH": str(ROOT)}
        code = (
            f"import config; config.PORT = {wanted}; from workers.command import main; raise SystemExit(main(['run']))"
        )
        argv = [sys.executable, "-c", code]
        self.process = subprocess.Popen(argv, cwd="/", env=environ, stdout=self.out, stderr=self.out, process_group=0)

    def says(self, pattern: str, seconds: float = 60) -> re.Match[str]:
        """Wait until it has said something like this."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := re.search(pattern, self.log.read_text()):
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{pattern!r} was never said:\n{self.log.read_text()}")

    def children(self) -> dict[str, int]:
        """What runs under it: the last word of each command line, and its process id."""
        pids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        told = {int(pid): Path(f"/proc/{pid}/cmdline").read_text().split("\0") for pid in pids}
        # In its first instant a process has no command line yet.
        return {words[-2]: pid for pid, words in told.items() if len(words) > 1}


def listeners(port: int) -> int:
    """How many sockets listen at a port of this machine; 0A is the kernel's number for listening."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A run in an empty folder with a space in its name, whose first port is taken by somebody else."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        running = Office(tmp_path / "my agency", taken.getsockname()[1])
        yield running
        running.process.kill()
        running.process.wait()
        running.out.close()


@pytest.mark.slow
def test_a_run_comes_up_comes_back_and_goes_away(office: Office, tmp_path: Path) -> None:
    address = office.says(r"Agency is at (http://127\.0\.0\.1:\d+)")[1]
    with urlopen(f"{address}/health/live", timeout=10) as answer:
        assert answer.status == 200
    link = office.says(r"lets the owner in, once:\s+(http\S+)")[1]
    assert link.startswith(address)
    with urlopen(link, timeout=10) as answer:
        assert answer.status == 200
    office.says("is ready")
    # Each of the two web processes listens for itself.
    assert listeners(int(address.rpartition(":")[2])) == 2

    before = office.children()
    assert {"pdf", "mail", "quick", "schedule", "--migrate"} <= before.keys()
    os.kill(before["mail"], signal.SIGKILL)
    office.says("worker mail ended \\(signal 9\\); starting it again in 0.2 s.")
    deadline = time.monotonic() + 10
    while office.children().get("mail") in (None, before["mail"]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert office.children()["mail"] != before["mail"]

    last = office.children().values()
    office.process.send_signal(signal.SIGINT)
    assert office.process.wait(40) == 0
    assert not [pid for pid in last if Path(f"/proc/{pid}").exists()]
    assert not (tmp_path / "my agency" / "queue.sock").exists()
