"""The supervisor: keeps its children alive and, told to stop, stops all of them and nothing else."""

import ctypes
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from agency.entrypoints.cli.children import Child

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_CHILD_SUBREAPER = 36
TICK = 0.2


def say(sentence: str) -> None:
    """One line to whoever started us."""
    with suppress(BrokenPipeError):
        print(f"agency: {sentence}", file=sys.stderr, flush=True)


class Supervisor:
    """Children in the order they were added; the first one added is stopped last."""

    def __init__(self, patience: float = 30.0, say: Callable[[str], None] = say) -> None:
        self.children: list[Child] = []
        self.patience = patience
        self.say = say
        self.asked_to_stop = 0
        self._before: dict[int, Any] = {}
        self._wake, self._waker = os.pipe()

    def __enter__(self) -> Self:
        if sys.platform == "linux":
            # What a dying child leaves behind becomes ours, so that stopping can find it.
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        for number in (self._wake, self._waker):
            os.set_blocking(number, False)
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        for number in (*STOPPING, signal.SIGCHLD):
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._wake)
        os.close(self._waker)

    def add(self, child: Child) -> Child:
        """Start a child and look after it from now on."""
        self.children.append(child)
        child.start()
        return child

    def wait(self, until: Callable[[], bool], seconds: float = float("inf")) -> bool:
        """Look after the children until the condition holds; False when time is up or a stop was asked for."""
        deadline = time.monotonic() + seconds
        while not self.asked_to_stop and time.monotonic() < deadline:
            for child in self.children:
                child.tend(self.say)
            self._reap()
            if until():
                return True
            self._sleep()
        return False

    def stop(self) -> None:
        """SIGTERM to every child, the first one last; SIGKILL to what has not gone in time."""
        deadline = time.monotonic() + self.patience
        self._end(self.children[1:], deadline)
        self._end(self.children[:1], deadline)
        self.children = []
        self._end_adopted(deadline)

    def _end(self, children: Sequence[Child], deadline: float) -> None:
        for child in children:
            child.tell(signal.SIGTERM)
        self._until_gone(lambda: any(child.alive() for child in children), deadline)
        for child in children:
            child.tell(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()

    def _end_adopted(self, deadline: float) -> None:
        for pid in self._adopted():
            os.kill(pid, signal.SIGTERM)
        self._until_gone(lambda: bool(self._reap()), deadline)
        while left := self._reap():
            # Each kill may hand us the next generation.
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)

    def _until_gone(self, anyone: Callable[[], bool], deadline: float) -> None:
        # A second Ctrl C ends the patience.
        while anyone() and time.monotonic() < deadline and self.asked_to_stop < 2:
            self._sleep()

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if number in STOPPING:
            self.asked_to_stop += 1

    def _sleep(self) -> None:
        select.select([self._wake], [], [], TICK)
        with suppress(BlockingIOError):
            os.read(self._wake, 512)

    def _reap(self) -> list[int]:
        """Bury adopted processes that have ended; those that still live are returned."""
        living = []
        for pid in self._adopted():
            with suppress(ChildProcessError):
                if os.waitpid(pid, os.WNOHANG) == (0, 0):
                    living.append(pid)
        return living

    def _adopted(self) -> list[int]:
        """Our direct children that we did not start: left behind by those we did."""
        ours = {child.process.pid for child in self.children if child.process is not None}
        listing = Path(f"/proc/self/task/{os.getpid()}/children")
        with suppress(OSError):
            return [int(pid) for pid in listing.read_text().split() if int(pid) not in ours]
        return []
