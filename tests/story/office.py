"""A whole installation of real processes: web, queue server, workers, scheduler, and a mail server that keeps all."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from email.message import Message
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

from agency.app import create_app
from agency.entrypoints.cli import queue_server
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings
from tests.faults.sink import Sink

TOP = Path(__file__).parents[2]
EVERYBODY = ("serve", "worker pdf", "worker mail", "worker quick", "schedule")
KEY = "a secret of the story, long enough to be taken"


def until(what: str, found: Callable[[], Any], limit: float = 90) -> Any:
    """Wait for a condition and answer what it found; fails with `what` after `limit` seconds."""
    began = time.monotonic()
    while not (answer := found()):
        assert time.monotonic() - began < limit, f"not within {limit:g} s: {what}"
        time.sleep(0.05)
    return answer


class Office:
    """One installation in a folder of its own. `app` looks into its database from the test's process."""

    def __init__(self, fill: Callable[[], Any]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="story-"))
        self.sink = Sink()
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.fill = fill
        self.filled: Any = None

    def __enter__(self) -> "Office":
        self.sink.__enter__()
        try:
            self.settings = self._settings(_free_port())
            self.app = self._found()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for name in reversed(list(self.children)):
            self.stop(name)
        self.sink.__exit__(None, None, None)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _settings(self, port: int) -> Settings:
        folder = self.folder
        return Settings(
            url=f"http://127.0.0.1:{port}", host="127.0.0.1", port=port, data=folder,
            database_url=f"sqlite:///{folder}/agency.db", redis_url=f"unix://{folder}/queue.sock",
            storage_url=f"file://{folder}/files", smtp_url=self.sink.url, secret_key=KEY, timezone="Europe/Moscow",
            mail_from="Агентство Демо <hello@agency.example>", testing=True,
        )  # fmt: skip

    def _found(self) -> Flask:
        app = create_app(self.settings)
        with app.app_context():
            with database.unit():
                db.metadata.create_all(db.session.connection())
            self.filled = self.fill()
            db.session.remove()
            db.engine.dispose()
        return app

    def start(self, *names: str) -> None:
        """Start the queue server and the named commands (all when none is named), and wait for the web."""
        if "queue" not in self.children:
            path, program = self.folder / "queue.sock", queue_server.program()
            assert program is not None, "no queue server on this machine"
            self.children["queue"] = subprocess.Popen(queue_server.arguments(program, self.folder, path))
            until("the queue server answers", lambda: path.exists() and queue_server.answers(path))
        for name in names or EVERYBODY:
            self.children[name] = self._command(name)
        until("the web answers", self._answers)

    def _command(self, name: str) -> subprocess.Popen[bytes]:
        chosen = self.settings
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("AGENCY_")},
            "AGENCY_URL": chosen.url, "AGENCY_PORT": str(chosen.port), "AGENCY_DATA": str(chosen.data),
            "AGENCY_DATABASE_URL": chosen.database_url, "AGENCY_REDIS_URL": chosen.redis_url,
            "AGENCY_STORAGE_URL": chosen.storage_url, "AGENCY_SMTP_URL": chosen.smtp_url,
            "AGENCY_MAIL_FROM": chosen.mail_from, "AGENCY_SECRET_KEY": KEY, "AGENCY_TIMEZONE": chosen.timezone,
            "AGENCY_SUPERVISED": "1",
        }  # fmt: skip
        with (self.folder / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", "workers.command", *name.split()]
            return subprocess.Popen(command, cwd=TOP, env=environment, stdout=log, stderr=log)

    def stop(self, name: str) -> None:
        """Ask one process to end, and end it when it does not."""
        child = self.children.pop(name)
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _answers(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.settings.port, timeout=10)
        try:
            line.request("GET", "/health/live")
            return line.getresponse().read() is not None
        except (OSError, HTTPException):
            assert self.children["serve"].poll() is None, self.log("serve")
            return False
        finally:
            line.close()

    def log(self, name: str) -> str:
        """What a process has said."""
        return (self.folder / f"{name}.log").read_text()[-4000:]

    def one(self, query: str) -> Any:
        """The one value a query answers."""
        with self.app.app_context(), database.db_reading():
            return db.session.scalar(text(query))

    def mail(self, to: str, containing: str, limit: float = 120) -> Message:
        """The first mail to an address with some words in its subject or body, as soon as it is there."""
        return until(f"a mail to {to} with {containing!r}", lambda: self._mail(to, containing), limit)

    def _mail(self, to: str, containing: str) -> Message | None:
        with self.sink.lock:
            kept = list(self.sink.mails)
        for one in kept:
            # A sum may be written with any kind of space.
            said = re.sub(r"\s+", " ", f"{subject(one.message)}\n{words(one.message)}")
            if to in one.recipients and containing in said:
                return one.message
        return None


def subject(mail: Message) -> str:
    """The subject of a mail as a person reads it."""
    from email.header import decode_header, make_header

    return str(make_header(decode_header(str(mail["Subject"]))))


def words(mail: Message) -> str:
    """The plain part of a mail."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    return bytes(part.get_payload(decode=True)).decode()  # type: ignore[arg-type]


def papers(mail: Message) -> list[tuple[str, bytes]]:
    """The names and bytes of what is attached."""
    attached = [part for part in mail.walk() if part.get_content_disposition() == "attachment"]
    return [(str(part.get_filename()), bytes(part.get_payload(decode=True))) for part in attached]  # type: ignore[arg-type]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
