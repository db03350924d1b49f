"""What a horse does after its own job: what else waits in its queue, for a while, each job in a context of its own."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app
from redis.exceptions import RedisError
from rq import Queue
from rq.job import Job
from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty

from agency.kit.queue import known

log = logging.getLogger("agency.worker")

T = TypeVar("T")

# Seconds after which a horse takes nothing new. A fork costs more than most jobs; the memory of many comes back with
# the end of one horse. Less than any job may take: whatever met its limit has used the time up as well.
WHILE = {"quick": 1.0, "mail": 1.0, "pdf": 5.0}
TASKS = Path("/proc/self/task")
WELL = ("done", "later", "skipped")


def apart(do: Callable[..., T], *given: Any) -> T:
    """Do it with a session, language, clock and `g` of its own, of which nothing is there for what comes after."""

    def within() -> T:
        with current_app.app_context():
            return do(*given)

    return copy_context().run(within)


def go_on(queue: Queue, wanted: Callable[[], bool], began: float, seconds: float) -> None:
    """Do what waits, never wait for it, until the time is up, nobody wants it any more, or a job did not end well.

    Nor does a horse go on with a thread beside it, as the client of a distant file store has them: who draws forks.
    """
    while wanted() and time.monotonic() - began < seconds and _threads() == 1:
        ring = _next(queue)
        if ring is None or apart(_within_its_limit, ring) not in WELL:
            return


def longest_limit(queue: str) -> int:
    """The seconds that the longest job of a queue may take."""
    return max((work.limit for work in known().values() if work.queue == queue), default=0)


def _next(queue: Queue) -> Job | None:
    """The next ring, taken out of RQ's books before its job begins: what must be kept is in the job's row."""
    with suppress(RedisError):
        found = queue.dequeue_any([queue], None, queue.connection, serializer=queue.serializer)
        if found is None:
            return None
        ring = found[0]
        with queue.connection.pipeline() as pipeline:
            pipeline.lrem(queue.intermediate_queue_key, 1, ring.id)
            pipeline.delete(ring.key)
            pipeline.execute()
        return ring
    return None


def _threads() -> int:
    """The threads of this process, those of libraries too; 1 where that cannot be read."""
    try:
        return sum(1 for _task in TASKS.iterdir())
    except OSError:
        return 1


def _within_its_limit(ring: Job) -> Any:
    try:
        with UnixSignalDeathPenalty(ring.timeout, JobTimeoutException):
            return ring.perform()
    except Exception:
        # What goes wrong within a job is settled in its row. Here the settling went wrong: this horse's end frees it.
        log.exception("ring %s broke off", ring.id)
        return "broken"
