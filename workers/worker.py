"""Our RQ worker: one queue, JSON only, no thread before a fork, and calm when the queue server is gone."""

import logging
import os
import time
from contextlib import suppress
from mmap import mmap
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.executions import Execution
from rq.job import Job

from agency.kit.db import db, units
from agency.kit.queue.bell import connect, full_name
from workers import horse

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
    # Seconds for which a horse goes on, those of its longest job, and a byte that it shares with its parent: to stop.
    going_on: float
    longest: int
    halt: mmap

    @classmethod
    def of(cls, redis_url: str, queue: str) -> "JobWorker":
        """The worker of one queue; raises RedisError while the server is away."""
        connection: Redis = connect(redis_url, TTL)
        place = Queue(full_name(redis_url, queue), connection=connection, serializer="json")
        worker = cls(
            [place],
            connection=connection,
            serializer="json",
            worker_ttl=TTL,
            maintenance_interval=MAINTENANCE,
            log_job_description=False,
        )
        worker.going_on, worker.longest, worker.halt = horse.WHILE[queue], horse.longest_limit(queue), mmap(-1, 1)
        return worker

    @property
    def told_to_stop(self) -> bool:
        """Whether a signal asked this worker to stop, rather than trouble."""
        return self._shutdown_requested_date is not None

    def subscribe(self) -> None:
        """No listening thread: a fork beside a running thread may deadlock, and nobody sends commands."""

    def unsubscribe(self) -> None:
        """Nothing was subscribed to."""

    def handle_warm_shutdown_request(self) -> None:
        """Told to stop: the horse ends the job it is at, and takes no other."""
        self.halt[0] = 1
        super().handle_warm_shutdown_request()

    def monitor_work_horse(self, job: Job, queue: Queue, execution: Execution) -> None:
        """RQ kills a horse a minute after its job should have ended; what it does last may be the longest of all."""
        job.timeout = max(job.timeout or 0, self.longest)
        super().monitor_work_horse(job, queue, execution)

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """A queue server that is away must not take the worker from its running horse.

        Of what a horse does after its own job RQ keeps no books, and those of its own must not be opened again.
        """
        with suppress(RedisError):
            if self.connection.exists(execution.key):
                super().maintain_heartbeats(job, execution)
            else:
                self.heartbeat(self.job_monitoring_interval + 60)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """The child's first steps: leave the parent's database connections and locks alone."""
        db.engine.dispose(close=False)
        units.forget_turn()
        super().main_work_horse(job, queue)

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        """In the horse: the job it was forked for, and when that went well what else waits, for a while."""
        began = time.monotonic()
        well = horse.apart(super().perform_job, job, queue, execution)
        if well and job._result in horse.WELL:
            horse.go_on(queue, self._is_wanted, began, self.going_on)
        return well

    def _is_wanted(self) -> bool:
        """Whether the parent lives, and was not told to stop."""
        return not self.halt[0] and os.getppid() == self.pid

    def handle_job_failure(self, job: Job, *args: Any, **kwargs: Any) -> None:
        """RQ's own book-keeping; what happened to the job itself is in its row."""
        with suppress(RedisError):
            super().handle_job_failure(job, *args, **kwargs)

    def bury_horses(self) -> None:
        """Collect children that ended while the parent was looking elsewhere."""
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
