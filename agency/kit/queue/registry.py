"""Which jobs exist: `@job("pdf")` names a function after its module and itself."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

QUEUES = ("quick", "mail", "pdf")
LIMITS = {"quick": 60, "mail": 60, "pdf": 120}

F = TypeVar("F", bound=Callable[..., Any])

_works: dict[str, "Work"] = {}


class Later(Exception):
    """Not now: try again in so many seconds, without an attempt counted."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class GiveUp(Exception):
    """No further attempt can help; the sentence says what a person can mend."""


@dataclass(frozen=True)
class Work:
    """A registered job: the function, its queue, and how many seconds its body may take."""

    name: str
    function: Callable[..., Any]
    queue: str
    limit: int
    when_failed: Callable[..., None] | None

    @property
    def in_steps(self) -> bool:
        """Whether the function yields a step that runs without a transaction."""
        return inspect.isgeneratorfunction(self.function)


def job(
    queue: str,
    *,
    limit: int | None = None,
    when_failed: Callable[..., None] | None = None,
    name: str | None = None,
) -> Callable[[F], F]:
    """Register a function as a job of one queue.

    A plain function is one unit of work. A generator function reads, yields a callable that runs
    without any transaction, and writes with what it returned. `when_failed(error, *args)` runs in
    the unit that parks the job after its last attempt.
    """
    if queue not in QUEUES:
        raise ValueError(f"{queue} is no queue; there are {', '.join(QUEUES)}")

    def register(function: F) -> F:
        full = name or f"{function.__module__.rpartition('.')[2]}.{getattr(function, '__name__', '')}"
        if full in _works and _works[full].function.__module__ != function.__module__:
            raise ValueError(f"two jobs are called {full}")
        _works[full] = Work(full, function, queue, limit or LIMITS[queue], when_failed)
        return function

    return register


def find(name: str) -> Work | None:
    """The registered job of that name."""
    return _works.get(name)


def known() -> Mapping[str, Work]:
    """Every registered job by name."""
    return _works
