"""The queue server stops, hangs or loses everything: jobs wait in the database and go on by themselves."""

import os
import signal
import time

import pytest

from agency.kit.db import db_reading, unit
from agency.kit.queue import ask, status
from tests.faults import deeds
from tests.faults.office import Office, until

pytestmark = pytest.mark.slow


def _ask(office: Office, number: int, name: str = "deeds.write") -> float:
    """Ask for a job as a request would, and answer how long that took."""
    began = time.monotonic()
    with office.app.app_context(), unit():
        ask(name, number)
    return time.monotonic() - began


def _done(office: Office) -> int:
    return office.count("SELECT count(*) FROM effects")


def test_a_job_starts_within_a_second_of_its_commit() -> None:
    with Office() as office:
        office.start("schedule")
        office.start("quick-1")
        _ask(office, 0)
        until("the worker is awake", lambda: _done(office) == 1, 15)
        with office.app.app_context(), unit():
            deeds.promise(1)
        took = until("both consequences are done", lambda: _done(office) == 3, 5)
        print(f"\nfrom the commit to both consequences: {took:.2f} s")
        assert took < 2


def test_jobs_wait_for_a_server_that_is_away_and_go_on_when_it_returns() -> None:
    with Office() as office:
        office.start("schedule")
        office.start("quick-1")
        _ask(office, 0)
        until("the worker is awake", lambda: _done(office) == 1, 15)
        office.kill_server()
        assert max(_ask(office, number) for number in range(1, 6)) < 0.5
        with office.app.app_context(), db_reading():
            found = status()
        assert (found.server, found.waiting) == (False, {"quick": 5})
        office.start_server()
        took = until("the jobs went on by themselves", lambda: _done(office) == 6, 30)
        print(f"\ngone on {took:.1f} s after the return")


def test_a_server_that_hangs_delays_no_request_by_half_a_second() -> None:
    with Office() as office:
        _ask(office, 0)
        assert office.server
        os.kill(office.server.pid, signal.SIGSTOP)
        took = [_ask(office, number) for number in range(20)]
        os.kill(office.server.pid, signal.SIGCONT)
        print(f"\nslowest request {max(took):.2f} s, all twenty {sum(took):.2f} s")
        assert max(took) < 0.5
        assert sum(took) < 1.5


def test_a_worker_started_before_the_server_waits_for_it() -> None:
    with Office() as office:
        office.kill_server()
        office.start("quick-1")
        _ask(office, 1)
        office.start("schedule")
        time.sleep(1)
        office.start_server()
        until("the job is done", lambda: _done(office) == 1, 30)
        assert office.processes["quick-1"].is_alive()


def test_a_stopped_worker_ends_its_job_first() -> None:
    with Office() as office:
        office.start("quick-1")
        _ask(office, 1, "deeds.nap")
        until("the job runs", lambda: office.count("SELECT count(*) FROM jobs WHERE state = 'leased'") == 1, 15)
        process = office.processes.pop("quick-1")
        os.kill(process.pid, signal.SIGTERM)
        process.join(10)
        assert process.exitcode == 0
        assert _done(office) == 1
