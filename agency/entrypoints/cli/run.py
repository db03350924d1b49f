"""`agency run`: the queue server, the web, the workers and the schedule, under one supervisor."""

import os
import sys
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import unquote, urlsplit

import agency
from agency.entrypoints.cli import queue_server
from agency.entrypoints.cli.children import Child
from agency.entrypoints.cli.outfit import Outfit
from agency.entrypoints.cli.places import NoPlace, choose_port, locked
from agency.entrypoints.cli.program import QUEUES
from agency.entrypoints.cli.supervisor import Supervisor, say
from agency.kit.settings import Settings

ROOT = Path(agency.__file__).resolve().parents[1]
# Deaths of the web server before its first answer that mean it will never give one.
HOPELESS = 3
# Where to knock when the server listens on every address.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def run(outfit: Outfit) -> int:
    """Run everything until a signal; 0 after a stop that was asked for, 2 when it could not begin."""
    os.umask(0o077)
    try:
        with locked(outfit.settings.data, say) as lock, Supervisor() as supervisor:
            return Run(outfit, supervisor, lock).go()
    except NoPlace as sentence:
        say(str(sentence))
        return 2


class Run:
    """One run: its settings with the port that was free, its children, and what it tells the person."""

    def __init__(self, outfit: Outfit, supervisor: Supervisor, lock: int) -> None:
        self.supervisor = supervisor
        self.lock = lock
        self.embedded_queue = "AGENCY_REDIS_URL" not in outfit.given
        self.settings = self._with_port(outfit)

    def _with_port(self, outfit: Outfit) -> Settings:
        asked = outfit.settings
        port = choose_port(asked.host, asked.port, "AGENCY_PORT" in outfit.given)
        if port == asked.port or "AGENCY_URL" in outfit.given:
            return replace(asked, port=port)
        return replace(asked, port=port, url=asked.url.removesuffix(str(asked.port)) + str(port))

    def go(self) -> int:
        """Start in the order in which one needs the other, then watch."""
        if self.embedded_queue:
            self._start_queue()
        web = self._command("web", "serve", "--migrate")
        if not self.supervisor.wait(lambda: self.answers() or web.deaths >= HOPELESS):
            return 0
        if web.deaths >= HOPELESS:
            say("The web server does not start; the reason stands above.")
            return 1
        say(f"Agency is at {self.settings.url}")
        # The demo is one long unit of work: whoever else writes meanwhile would only wait in vain.
        self._welcome()
        for queue in QUEUES:
            self._command(f"worker {queue}", "worker", queue)
        self._command("schedule", "schedule")
        say(f"{self.settings.url} is ready. Ctrl C stops it.")
        self.supervisor.wait(lambda: False)
        say("Stopping.")
        return 0

    def _start_queue(self) -> None:
        program = queue_server.program()
        if program is None:
            say("No queue server was found (valkey-server or redis-server): jobs wait until there is one.")
            return
        path = Path(unquote(urlsplit(self.settings.redis_url).path))
        _own_folder(path.parent)
        self._add(Child("queue", queue_server.arguments(program, self.settings.data, path)))
        if not self.supervisor.wait(lambda: queue_server.answers(path), 30) and not self.supervisor.asked_to_stop:
            say(f"The queue server does not answer; jobs wait. Its log is {self.settings.data / 'queue.log'}.")

    def _command(self, name: str, *words: str, once: bool = False) -> Child:
        return self._add(Child(name, [sys.executable, "-m", "workers.command", *words], once=once))

    def _add(self, child: Child) -> Child:
        """Children start by name, with the settings of this run in their environment."""
        child.env = {
            "AGENCY_PORT": str(self.settings.port),
            "AGENCY_URL": self.settings.url,
            "AGENCY_SUPERVISED": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        }
        child.cwd = str(ROOT)
        child.keeps_open = (self.lock,)
        return self.supervisor.add(child)

    def answers(self) -> bool:
        """Whether the web server answers at all."""
        host = EVERYWHERE.get(self.settings.host, self.settings.host)
        line = HTTPConnection(host, self.settings.port, timeout=2)
        try:
            line.request("GET", "/health/live", headers={"Host": urlsplit(self.settings.url).netloc})
            return line.getresponse().status < 500
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def _welcome(self) -> None:
        """Fill an empty database, or let its first owner in, and say how to sign in."""
        words = ("demo", "--if-empty") if self.settings.demo else ("user", "welcome")
        if self.settings.demo and not self._passwords().exists():
            say("Loading the demo agency; the page is up already.")
        first = self._command(words[0], *words, once=True)
        if self.supervisor.wait(first.ended):
            if not first.went_well():
                say(f"`agency {' '.join(words)}` did not succeed; the reason stands above.")
            elif self.settings.demo and self._passwords().exists():
                print(f"\n{self._passwords().read_text().rstrip()}\n", flush=True)

    def _passwords(self) -> Path:
        return self.settings.data / "demo-passwords"


def _own_folder(folder: Path) -> None:
    """The socket's folder, ours alone: whoever can reach the socket can give the workers work."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise NoPlace(f"{folder} belongs to another user. Set AGENCY_DATA to a folder of your own.")
