"""A child process with hard limits that is given a task and hands back bytes."""

import contextlib
import ctypes
import gc
import os
import resource
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from agency.kit.pdf.failures import RenderFailed
from agency.kit.pdf.limits import Limits

CHUNK = 1 << 16
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def confined(task: Callable[[], bytes], limits: Limits) -> bytes:
    """Run `task` in a forked child under `limits` and return its bytes.

    Raises RenderFailed: too_slow, too_big, or broken when the child died another way.
    """
    reading, writing = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        # Newer Pythons warn of every thread, even of a sleeping timer; a child stuck on a lock meets the wall.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _work(task, limits, writing, parent)
    os.close(writing)
    try:
        output = _collect(reading, limits)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if output is not None and output.endswith(END):
        return output[: -len(END)]
    raise _cause(status)


END = b"\n%whole%\n"  # a child killed half way must not pass for a finished one


def _collect(reading: int, limits: Limits) -> bytes | None:
    """Read the child's answer until it closes the pipe, or None when it asks too much memory."""
    deadline = time.monotonic() + limits.wall_seconds
    pieces: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            raise RenderFailed("too_slow")
        piece = os.read(reading, CHUNK)
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > limits.output_bytes:
            raise RenderFailed("too_big")
        pieces.append(piece)


def _cause(status: int) -> RenderFailed:
    """Name the reason for which the child with this wait status died."""
    if not os.WIFSIGNALED(status):
        return RenderFailed("too_big" if os.WEXITSTATUS(status) == NO_MEMORY else "broken", "the child ended early")
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return RenderFailed("too_slow")
    # GLib aborts or traps when it cannot have memory; the kernel kills when there is none at all.
    if number in (signal.SIGABRT, signal.SIGTRAP, signal.SIGKILL):
        return RenderFailed("too_big")
    return RenderFailed("broken", signal.Signals(number).name)


NO_MEMORY = 3


def _work(task: Callable[[], bytes], limits: Limits, writing: int, parent: int) -> NoReturn:
    """Live as the child: take the limits on, do the task, answer, and leave without clean-up."""
    code = 1
    try:
        _settle_in(limits, writing, parent)
        _write(writing, task() + END)
        code = 0
    except MemoryError:
        code = NO_MEMORY
    except BaseException as error:  # noqa: BLE001 - nothing may escape into the parent's stack
        print(f"drawing child: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        os._exit(code)


def _settle_in(limits: Limits, writing: int, parent: int) -> None:
    """Drop what was inherited (files, handlers) and take the limits on."""
    ceiling = min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], CHUNK)
    os.closerange(3, writing)
    os.closerange(writing + 1, ceiling)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    gc.disable()
    # A forked child begins with all its parent has mapped: what it may use comes on top of that.
    room = _mapped() + limits.memory_bytes
    for limit, soft, hard in (
        (resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1),
        (resource.RLIMIT_AS, room, room),
        (resource.RLIMIT_FSIZE, limits.output_bytes, limits.output_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files, limits.open_files),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(limit, (soft, hard))


def _mapped() -> int:
    """The bytes of address space this process has mapped already; 0 where that cannot be read."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0


def _write(writing: int, data: bytes) -> None:
    """Write all of `data` to the pipe."""
    view = memoryview(data)
    while view:
        view = view[os.write(writing, view) :]
