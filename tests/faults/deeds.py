"""Jobs and processes that exist for the fault tests alone; a deed leaves one row in `effects`."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import text

from agency.kit import clock, journal, words
from agency.kit.db import db, db_reading, setup, unit
from agency.kit.mail import delivery
from agency.kit.mail.transports import MailServer
from agency.kit.queue import SYSTEM, job, leases, named
from agency.kit.settings import Settings

FACTS = {
    "deed.promised": "%(who)s promised a deed", "deed.begun": "%(who)s began a deed",
    "deed.sought": "%(who)s looked for something", "deed.noted": "%(who)s noted something",
}  # fmt: skip
CONSEQUENCES = {
    "deed.promised": ("deeds.write", "deeds.fetch_and_write"),
    "deed.begun": ("deeds.write",),
    "deed.sought": ("deeds.fetch_and_write",),
}
# What web processes do by turns: as in life, half of all facts start nothing.
TURNS = ("deed.begun", "deed.noted", "deed.sought", "deed.noted")
# Each life of a web process counts from a number of its own, so that no deed is promised twice.
LIFE = 100_000


def settings(folder: Path, smtp_url: str = "", database_url: str = "") -> Settings:
    """The settings of a small installation in one folder, by default with SQLite there."""
    return Settings(
        url="http://localhost",
        host="127.0.0.1",
        port=0,
        data=folder,
        database_url=database_url or f"sqlite:///{folder}/base.db",
        redis_url=f"unix://{folder}/queue.sock",
        storage_url=(folder / "files").as_uri(),
        smtp_url=smtp_url,
        mail_from="Agency <post@agency.example>",
        secret_key="x" * 40,
        timezone="Europe/Moscow",
        testing=True,
    )


def small_app(chosen: Settings) -> Flask:
    """An app of the kit alone: database, queue and mail, without rooms."""
    app = Flask("small")
    app.config["SETTINGS"] = chosen
    setup(app, chosen.database_url)
    journal.declare(FACTS)
    return app


def lay_tables(app: Flask) -> None:
    """Make the kit's tables, and the one the deeds write to."""
    wanted = ("facts", "seals", "outbox", "jobs", "leases", "mails", "mail_contents")
    with app.app_context(), unit():
        tables = [db.metadata.tables[name] for name in wanted]
        db.metadata.create_all(db.session.connection(), tables=tables)
        db.session.execute(text("CREATE TABLE effects (job TEXT NOT NULL, n INTEGER NOT NULL)"))


def promise(n: int, verb: str = "deed.promised") -> None:
    """Write the fact whose consequences are the deeds, in the open unit."""
    journal.fact(verb, about=SimpleNamespace(KIND="deed", id=n), by=SYSTEM)


def _leave(job_name: str, n: int) -> None:
    db.session.execute(text("INSERT INTO effects VALUES (:job, :n)"), {"job": job_name, "n": n})


@job("quick", name="deeds.write")
def write(n: int) -> None:
    """A plain deed: its whole body is one unit."""
    _leave("write", n)
    time.sleep(0.005)


@job("quick", name="deeds.fetch_and_write")
def fetch_and_write(n: int) -> Iterator[Callable[[], int]]:
    """A deed in steps, with something slow in between."""
    db.session.execute(text("SELECT count(*) FROM effects"))

    def slow() -> int:
        time.sleep(0.02)
        return n

    got = yield slow
    _leave("fetch_and_write", got)


def forget_outbox() -> None:
    """Do what no operation does: leave the newest fact without its row in the outbox."""
    db.session.flush()
    db.session.execute(text("DELETE FROM outbox WHERE fact_id = (SELECT max(id) FROM facts)"))


@job("quick", name="deeds.doze")
def doze(n: int) -> Iterator[Callable[[], None]]:
    """A deed that ends when the file `wake` is there."""
    wake = current_app.config["SETTINGS"].data / "wake"

    def until_woken() -> None:
        while not wake.exists():
            time.sleep(0.01)

    yield until_woken
    _leave("doze", n)


@job("quick", name="deeds.nap")
def nap(n: int) -> Iterator[Callable[[], None]]:
    """A deed that takes its time outside any transaction."""
    yield lambda: time.sleep(0.5)
    _leave("nap", n)


@job("quick", name="deeds.sign")
def sign(n: int) -> None:
    """A deed that tells which process did it, and what it found there."""
    found = (words.locale(), clock.is_held(), "litter" in g, bool(db.session.info))
    _leave(f"{os.getpid()} {found}", n)


@job("quick", name="deeds.litter")
def litter(n: int) -> None:
    """A deed that clears nothing away."""
    words.speak("cs")
    clock.at(datetime(2020, 1, 1, tzinfo=UTC)).__enter__()
    g.litter = db.session.info["litter"] = True
    _leave("litter", n)


@job("quick", name="deeds.spin")
def spin(n: int) -> None:
    """A deed that leaves a thread behind."""
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    _leave("spin", n)


@job("quick", name="deeds.stumble")
def stumble(n: int) -> None:
    """A deed that goes wrong."""
    _leave("stumble", n)
    raise ValueError("stumbled")


@job("quick", limit=1, name="deeds.overrun")
def overrun(n: int) -> Iterator[Callable[[], None]]:
    """A deed that takes longer than it may."""
    yield lambda: time.sleep(120)
    _leave("overrun", n)


@job("quick", name="deeds.die")
def die(_n: int) -> None:
    """A poison job: it kills the process that does it."""
    os.kill(os.getpid(), signal.SIGKILL)


def run_worker(chosen: Settings, queue: str, waits: dict[str, Any]) -> None:
    """The body of a worker process."""
    from workers.main import work_off

    _prepare(waits)
    work_off(small_app(chosen), chosen.redis_url, queue)


def run_web(chosen: Settings, waits: dict[str, Any], life: int) -> None:
    """The body of a web process: a fact a unit, as many as the file `allowed` says; noted once it is committed."""
    _prepare(waits)
    allowed, app, room = chosen.data / "allowed", small_app(chosen), 0
    with app.app_context(), (chosen.data / f"acknowledged-{life}").open("w", buffering=1) as ledger:
        for n in count(life * LIFE):
            while (many := int(allowed.read_text())) <= room or _promised() >= many:
                # Asked once for each number: the database has better things to do.
                room = many
                time.sleep(0.02)
            with unit():
                promise(n, TURNS[n % 4])
            ledger.write(f"{n}\n")


def _promised() -> int:
    with db_reading():
        return int(db.session.scalar(text("SELECT count(*) FROM facts")) or 0)


def run_schedule(chosen: Settings, waits: dict[str, Any]) -> None:
    """The body of a scheduler process."""
    from workers.main import go_round
    from workers.rounds import Rounds

    _prepare(waits)
    go_round(small_app(chosen), Rounds(CONSEQUENCES, ()))


def _prepare(waits: dict[str, Any]) -> None:
    import workers.mails  # noqa: F401 - registers the job
    from workers import horse

    places = {"leases": leases, "delivery": delivery, "named": named, "server": MailServer, "horse": horse}
    for name, value in waits.items():
        module, _, attribute = name.partition(".")
        setattr(places[module], attribute, value)
