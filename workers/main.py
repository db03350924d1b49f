"""The processes: one worker of one queue, and the scheduler; both wait for what is not there yet."""

import gc
import logging
import signal
import threading
from contextlib import suppress
from types import FrameType

from flask import Flask
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.mail import delivery
from agency.kit.queue import leases
from agency.kit.queue.bell import connect
from agency.kit.settings import Settings
from agency.kit.web.templates import compile_all
from agency.people.agency import calendars
from workers.loading import load_jobs
from workers.rounds import Rounds
from workers.worker import JobWorker

log = logging.getLogger("agency.worker")

PATIENCE = 0.5
LETTER = ".email."


def start_worker(settings: Settings, queue: str) -> None:
    """Do the jobs of one queue until told to stop; the queue server may come and go meanwhile."""
    from agency.app import create_app

    app = create_app(settings)
    load_jobs()
    with app.app_context():
        _learn(app, queue)
    work_off(app, settings.redis_url, queue)


def start_schedule(settings: Settings) -> None:
    """Relay, sweep and keep the calendar until told to stop; a second scheduler waits for the first."""
    from agency.app import create_app

    app = create_app(settings)
    load_jobs()
    go_round(app, Rounds())


def _learn(app: Flask, queue: str) -> None:
    """Look up, before the first horse is forked, what every horse of this queue would look up anew."""
    calendars.rehearse(clock.today())
    if queue == "pdf":
        from agency.attached.documents import paper
        from agency.kit import pdf

        pdf.preload()
        paper.rehearse()
    if queue == "mail":
        for name in app.jinja_env.list_templates(filter_func=lambda name: LETTER in name):
            compile_all(app.jinja_env, name)
    with suppress(OperationalError):
        journal.rehearse()
        delivery.rehearse()


def work_off(app: Flask, redis_url: str, queue: str) -> None:
    """The worker's life: wait for the queue server, work until it breaks off, begin again."""
    stop = _Stop()
    with app.app_context():
        _saddle()
        while not stop.asked():
            stop.listen()
            if not _answers(redis_url):
                stop.wait(PATIENCE)
                continue
            worker = JobWorker.of(redis_url, queue)
            try:
                worker.work(logging_level="WARNING")
            except (RedisError, OSError) as error:
                log.warning("the queue server broke off (%s)", error)
            if worker.told_to_stop:
                return
            worker.bury_horses()


def _saddle() -> None:
    """What each horse would do anew is done once before the first of them is forked from here."""
    # Without the database there is nothing to know by heart yet; jobs wait for it, not the worker.
    with suppress(OperationalError):
        leases.rehearse()
    # No connection of the parent may be open in a horse.
    db.session.remove()
    db.engine.dispose()
    # A horse that ends within a second need not look through everything that was there before it for what is in use.
    gc.freeze()


def go_round(app: Flask, rounds: Rounds) -> None:
    """The scheduler's life, until told to stop."""
    stop = _Stop()
    stop.listen()
    with app.app_context():
        rounds.run(stop.asked)


class _Stop:
    """Remembers that somebody asked this process to stop."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def listen(self) -> None:
        signal.signal(signal.SIGTERM, self._hear)
        signal.signal(signal.SIGINT, self._hear)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._event.set()

    def asked(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)


def _answers(redis_url: str) -> bool:
    with suppress(RedisError, OSError):
        client = connect(redis_url, 1.0)
        try:
            return bool(client.ping())
        finally:
            client.close()
    return False
