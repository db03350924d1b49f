"""Our RQ worker: one queue, JSON only, no thread before a fork, and calm when the queue server is gone."""

import logging
import os
from contextlib import suppress
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.executions import Execution
from rq.job import Job

from agency.kit.db import db, units
from agency.kit.queue.bell import connect, full_name

log = logging.getLogger("agency.worker")

TTL = 30
MAINTENANCE = 60


class _Brief(logging.Filter):
    """A queue server that went away is one line in the log, not a page of traces."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], RedisError | OSError):
            record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]})", ()
            record.exc_info = record.exc_text = None
        return True


logging.getLogger("rq.worker").addFilter(_Brief())


class JobWorker(Worker):
    """One queue a process: with two, RQ takes a path that loses jobs when a worker is killed."""

    max_connection_wait_time = 2.0
    log_result_lifespan = False

    @classmethod
    def of(cls, redis_url: str, queue: str) -> "JobWorker":
        """The worker of one queue; raises RedisError while the server is away."""
        connection: Redis = connect(redis_url, TTL)
        place = Queue(full_name(redis_url, queue), connection=connection, serializer="json")
        return cls(
            [place],
            connection=connection,
            serializer="json",
            worker_ttl=TTL,
            maintenance_interval=MAINTENANCE,
            log_job_description=False,
        )

    @property
    def told_to_stop(self) -> bool:
        """Whether a signal asked this worker to stop, rather than trouble."""
        return self._shutdown_requested_date is not None

    def subscribe(self) -> None:
        """No listening thread: a fork beside a running thread may deadlock, and nobody sends commands."""

    def unsubscribe(self) -> None:
        """Nothing was subscribed to."""

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """A queue server that is away must not take the worker from its running horse."""
        with suppress(RedisError):
            super().maintain_heartbeats(job, execution)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """The child's first steps: leave the parent's database connections and locks alone."""
        db.engine.dispose(close=False)
        units.forget_turn()
        super().main_work_horse(job, queue)

    def handle_job_failure(self, job: Job, *args: Any, **kwargs: Any) -> None:
        """RQ's own book-keeping; what happened to the job itself is in its row."""
        with suppress(RedisError):
            super().handle_job_failure(job, *args, **kwargs)

    def bury_horses(self) -> None:
        """Collect children that ended while the parent was looking elsewhere."""
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
