"""The doorbell: RQ carries the number of a job row, and nothing waits for it or depends on it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode

from flask import current_app

from agency.kit import ids
from agency.kit.queue import registry

if TYPE_CHECKING:
    from redis import Redis

log = logging.getLogger("agency.queue")

TIMEOUT = 0.2
QUIET = 5.0
BATCH = 200
DOOR = "agency.kit.queue.runner.perform"


class Ring(NamedTuple):
    """What a ring says: which job waits in which queue."""

    job_id: int
    queue: str
    name: str


class Bell:
    """Rings the workers; after a failure it stays quiet for some seconds, so no request waits twice."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.quiet_until = 0.0
        # Whether the last attempt to reach the server went well, so that trouble is logged once.
        self.well = True
        self._client: Redis | None = None

    def client(self) -> Redis:
        """The connection: short timeouts, no retries."""
        if self._client is None:
            self._client = connect(self.url, TIMEOUT)
        return self._client

    def ring(self, rings: Iterable[Ring]) -> bool:
        """Tell the workers; False when nobody could be told (the sweeper will try again)."""
        if not self.url or time.monotonic() < self.quiet_until:
            return False
        from redis.exceptions import RedisError

        try:
            for queue, members in groupby(sorted(rings, key=lambda one: one.queue), key=lambda one: one.queue):
                for batch in _batched(members, BATCH):
                    self._push(queue, batch)
        except (RedisError, OSError) as error:
            self._fall_quiet(error)
            return False
        self.well = True
        return True

    def _push(self, queue: str, rings: list[Ring]) -> None:
        from rq import Queue

        prefix = parted(self.url)[1]
        place = Queue(full_name(self.url, queue), connection=self.client(), serializer="json")
        place.enqueue_many(
            [
                Queue.prepare_data(
                    DOOR,
                    args=(one.job_id,),
                    timeout=_limit(one.name),
                    result_ttl=0,
                    failure_ttl=60,
                    job_id=f"{one.job_id}-{ids.short()}{prefix and f'-{prefix}'}",
                    description=one.name,
                )
                for one in rings
            ]
        )

    def waiting(self, queue: str) -> set[int] | None:
        """The jobs that this queue was already told about; None when it cannot be asked."""
        from redis.exceptions import RedisError

        if not self.url:
            return None
        try:
            found = self.client().lrange(f"rq:queue:{full_name(self.url, queue)}", 0, -1)
            self.well, self.quiet_until = True, 0.0
        except (RedisError, OSError) as error:
            self._fall_quiet(error)
            return None
        return {int(str(name, "ascii").partition("-")[0]) for name in found if isinstance(name, bytes)}

    def answers(self) -> bool:
        """Whether the queue server is there; asked at most every few seconds while it is not."""
        from redis.exceptions import RedisError

        if not self.url or time.monotonic() < self.quiet_until:
            return False
        try:
            return bool(self.client().ping())
        except (RedisError, OSError) as error:
            self._fall_quiet(error)
            return False

    def _fall_quiet(self, error: Exception) -> None:
        if self.well:
            log.warning("the queue server does not answer (%s); jobs wait in the database", error)
        self.well, self.quiet_until = False, time.monotonic() + QUIET


def connect(url: str, timeout: float) -> Redis:
    """A client of the queue server that fails fast instead of retrying."""
    # Imported when first needed: the client costs most of a second at every start of a command.
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    server, tries = parted(url)[0], Retry(NoBackoff(), 0)
    # To tell the server its own version, the client looks for its package on the disk at every connection of every job.
    return Redis.from_url(
        server, socket_timeout=timeout, socket_connect_timeout=timeout, retry=tries, driver_info=None,
    )


def parted(url: str) -> tuple[str, str]:
    """The server's address and the name of this installation on it, which may be empty: redis://host/0?prefix=name."""
    server, _, query = url.partition("?")
    asked = parse_qsl(query, keep_blank_values=True)
    rest = urlencode([(name, value) for name, value in asked if name != "prefix"])
    return server + (rest and f"?{rest}"), dict(asked).get("prefix", "")


def full_name(url: str, queue: str) -> str:
    """A queue's name on its server, where another installation may have one of the same name."""
    prefix = parted(url)[1]
    return f"{prefix}:{queue}" if prefix else queue


def bell() -> Bell:
    """The app's bell; with an empty address jobs wait for whoever looks into the table."""
    found: Bell | None = current_app.extensions.get("bell")
    if found is None:
        found = current_app.extensions["bell"] = Bell(current_app.config["SETTINGS"].redis_url)
    return found


def _limit(name: str) -> int:
    work = registry.find(name)
    return work.limit if work else max(registry.LIMITS.values())


def _batched(members: Iterable[Ring], size: int) -> Iterable[list[Ring]]:
    rings = list(members)
    return (rings[start : start + size] for start in range(0, len(rings), size))
