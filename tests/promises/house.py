"""A whole installation in one folder, with the cast in it, for promises that need real processes."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from agency.app import create_app
from agency.kit.settings import Settings

FOLDER, DATABASE = "AGENCY_TEST_FOLDER", "AGENCY_TEST_DATABASE"


def settings(folder: Path, database_url: str = "") -> Settings:
    """The settings of an installation in a folder, without a queue server."""
    return Settings(
        url="http://localhost", host="127.0.0.1", port=0, data=folder,
        database_url=database_url or f"sqlite:///{folder}/agency.db", redis_url=f"unix://{folder}/absent.sock",
        storage_url=f"file://{folder}/files", smtp_url="", mail_from="Агентство Демо <hello@agency.example>",
        secret_key="a secret for tests only, long enough", timezone="Europe/Moscow", testing=True,
    )


def application() -> Flask:
    """What the server process serves: the installation named in its environment."""
    return create_app(settings(Path(os.environ[FOLDER]), os.environ.get(DATABASE, "")))


@contextmanager
def served(folder: Path, database_url: str) -> Iterator[Path]:
    """Serve the installation by two processes of gunicorn on a socket in its folder; answers the socket."""
    socket = folder / "web.sock"
    command = [
        sys.executable, "-m", "gunicorn", "tests.promises.house:application()", "--bind", f"unix:{socket}",
        "--workers", "2", "--threads", "8", "--worker-class", "gthread", "--log-level", "error", "--preload",
        "--control-socket", str(folder / "control.sock"), "--timeout", "120",
    ]
    environment = {**os.environ, FOLDER: str(folder), DATABASE: database_url}
    server = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2])
    try:
        _wait_for(socket)
        yield socket
    finally:
        server.terminate()
        server.wait(60)


def _wait_for(socket: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if socket.exists():
            try:
                status = post(str(socket), "/nowhere", {}, "")
            except OSError:
                status = 0
            if status:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


class Line(http.client.HTTPConnection):
    """A connection to a unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self) -> None:
        import socket

        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


def post(socket: str, address: str, form: dict[str, str], cookies: str) -> int:
    """Send a form and answer the status."""
    line = Line(socket)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    line.request("POST", address, urlencode(form), headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def all_at_once(
    socket: str, address: str, form: dict[str, str], cookies: str, times: int, gate: Path, processes: int,
) -> list[int]:
    """The same request from several threads of this process, begun when all processes stand at the gate."""
    found: list[int] = []
    together = threading.Barrier(times)
    gate.mkdir(exist_ok=True)
    (gate / str(os.getpid())).touch()

    def call() -> None:
        together.wait(60)
        while len(list(gate.iterdir())) < processes:
            time.sleep(0.002)
        found.append(post(socket, address, form, cookies))

    callers = [threading.Thread(target=call) for _ in range(times)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return found
