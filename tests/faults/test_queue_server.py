"""The queue server stops, hangs or loses everything: jobs wait in the database and go on by themselves."""

import os
import signal
import time

import pytest

from agency.kit.db import db_reading, unit
from agency.kit.queue import ask, status
from agency.kit.queue.bell import bell
from tests.faults import deeds
from tests.faults.office import Office, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
# What must come in the end; a figure of speed is the best of a few tries, for a busy machine proves nothing.
LONG, TRIES = 60, 5


def _ask(office: Office, number: int, name: str = "deeds.write") -> float:
    """Ask for a job as a request would, and answer how long that took."""
    began = time.monotonic()
    with office.app.app_context(), unit():
        ask(name, number)
    return time.monotonic() - began


def _quickest_round(office: Office, many: int) -> float:
    """The slowest request of a round, in the quickest of a few rounds."""
    rounds: list[float] = []
    while len(rounds) < TRIES and min(rounds, default=9) >= 0.5:
        with office.app.app_context():
            bell().quiet_until = 0
        rounds.append(max(_ask(office, number) for number in range(many)))
    return min(rounds)


def _done(office: Office) -> int:
    return office.count("SELECT count(*) FROM effects")


def test_a_job_starts_within_a_second_of_its_commit() -> None:
    with Office() as office:
        office.start("schedule")
        office.start("quick-1")
        _ask(office, 0)
        until("the worker is awake", lambda: _done(office) == 1, LONG)
        took = []
        while len(took) < TRIES and min(took, default=9) >= 2:
            with office.app.app_context(), unit():
                deeds.promise(len(took))
            took.append(until("both are done", lambda: _done(office) == 1 + 2 * (len(took) + 1), LONG))
        print(f"\nfrom the commit to both consequences: {min(took):.2f} s")
        assert min(took) < 2


def test_jobs_wait_for_a_server_that_is_away_and_go_on_when_it_returns() -> None:
    with Office() as office:
        office.start("schedule")
        office.start("quick-1")
        _ask(office, 0)
        until("the worker is awake", lambda: _done(office) == 1, LONG)
        office.kill_server()
        assert _quickest_round(office, 5) < 0.5
        asked = office.count("SELECT count(*) FROM jobs")
        with office.app.app_context(), db_reading():
            found = status()
        assert (found.server, found.waiting) == (False, {"quick": asked - 1})
        office.start_server()
        took = until("the jobs went on by themselves", lambda: _done(office) == asked, LONG)
        print(f"\ngone on {took:.1f} s after the return")


def test_a_server_that_hangs_delays_no_request_by_half_a_second() -> None:
    with Office() as office:
        _ask(office, 0)
        assert office.server
        os.kill(office.server.pid, signal.SIGSTOP)
        try:
            slowest = _quickest_round(office, 20)
        finally:
            os.kill(office.server.pid, signal.SIGCONT)
        print(f"\nslowest request {slowest:.2f} s")
        assert slowest < 0.5


def test_a_worker_started_before_the_server_waits_for_it() -> None:
    with Office() as office:
        office.kill_server()
        office.start("quick-1")
        _ask(office, 1)
        office.start("schedule")
        time.sleep(1)
        office.start_server()
        until("the job is done", lambda: _done(office) == 1, LONG)
        assert office.processes["quick-1"].is_alive()


def test_a_stopped_worker_ends_its_job_first() -> None:
    with Office() as office:
        office.start("quick-1")
        _ask(office, 1, "deeds.nap")
        until("the job runs", lambda: office.count("SELECT count(*) FROM jobs WHERE state = 'leased'") == 1, LONG)
        process = office.processes.pop("quick-1")
        os.kill(process.pid, signal.SIGTERM)
        process.join(LONG)
        assert process.exitcode == 0
        assert _done(office) == 1
