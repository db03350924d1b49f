"""One child process of the supervisor: how it starts, dies with its parent, and comes back."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

FIRST_DELAY = 0.2
LONGEST_DELAY = 30.0
# A child that lived this long was well: its next death is met with the first delay again.
SETTLED_AFTER = 30.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """A program to keep alive, or with `once` to run through a single time."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: str | None = None
    once: bool = False
    keeps_open: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    due: float = 0.0
    _delay: float = FIRST_DELAY
    _began: float = 0.0

    def start(self) -> None:
        """Start the program in a process group of its own, so that a Ctrl C reaches the supervisor alone."""
        self._began = time.monotonic()
        self.process = subprocess.Popen(
            list(self.argv),
            env={**os.environ, **self.env},
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            process_group=0,
            pass_fds=self.keeps_open,
            preexec_fn=_dying_with(os.getpid()),  # noqa: PLW1509 - the supervisor has one thread
        )

    def alive(self) -> bool:
        """Whether it runs at this moment."""
        return self.process is not None and self.process.poll() is None

    def ended(self) -> bool:
        """Whether a single run is over."""
        return self.once and self.process is not None and self.process.poll() is not None

    def went_well(self) -> bool:
        """Whether a single run is over and said so with exit code 0."""
        return self.ended() and self.process is not None and self.process.returncode == 0

    def tend(self, say: Callable[[str], None]) -> None:
        """Notice a death and, after a growing pause, start again."""
        now = time.monotonic()
        if self.process is not None:
            if self.once or self.process.poll() is None:
                return
            self.deaths += 1
            if now - self._began >= SETTLED_AFTER:
                self._delay = FIRST_DELAY
            say(f"{self.name} ended ({how_it_ended(self.process.returncode)}); starting it again in {self._delay:g} s.")
            self.process, self.due = None, now + self._delay
            self._delay = min(self._delay * 2, LONGEST_DELAY)
        elif now >= self.due:
            self.start()

    def tell(self, number: signal.Signals) -> None:
        """Send a signal to the program, if it still runs."""
        if self.alive() and self.process is not None:
            self.process.send_signal(number)


def how_it_ended(code: int) -> str:
    """An exit code in words."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _dying_with(parent: int) -> Callable[[], None] | None:
    """A step between fork and exec that ties the child's life to its parent's, even to a kill -9."""
    libc = _libc
    if libc is None:
        return None

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return tie
