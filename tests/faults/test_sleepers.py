"""Processes that sleep over their lease and wake up again leave no trace."""

import os
import signal

import pytest

from agency.kit.db import unit
from agency.kit.queue import ask
from tests.faults import deeds
from tests.faults.office import Office, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
# What must come in the end; how soon is for other tests.
LONG = 60

# A job's lease is over after a second, and a scheduler's after two.
QUICK = {"leases.MARGIN": -59, "leases.AFTER_DEATH": (0, 0, 0, 0), "named.SECONDS": 2}


def _horse(office: Office, worker: str) -> int:
    until("a horse runs", lambda: office.horses(office.processes[worker].pid), LONG)
    return office.horses(office.processes[worker].pid)[0]


def test_a_horse_that_slept_over_its_lease_does_not_do_its_job_twice() -> None:
    with Office(waits=QUICK) as office:
        office.start("quick-1")
        with office.app.app_context(), unit():
            ask("deeds.doze", 1)
        horse = _horse(office, "quick-1")
        until("the job is leased", lambda: office.count("SELECT count(*) FROM jobs WHERE state = 'leased'") == 1, LONG)
        office.freeze(horse)
        (office.folder / "wake").touch()
        # The second one's lease is long: a slow machine must not look like one more sleeper.
        office.start("quick-2", QUICK | {"leases.MARGIN": 120})
        office.start("schedule")
        until("another one did it", lambda: office.count("SELECT count(*) FROM effects") == 1, LONG)
        os.kill(horse, signal.SIGCONT)
        until("the sleeper is gone", lambda: horse not in office.horses(office.processes["quick-1"].pid), LONG)
        assert office.rows("SELECT job, n FROM effects") == [("doze", 1)]
        assert [tuple(row) for row in office.rows("SELECT state, attempts FROM jobs")] == [("done", 2)]


def test_of_two_schedulers_one_works_and_the_other_takes_over_when_it_sleeps() -> None:
    numbers = "SELECT coalesce(max(number), 0) FROM leases WHERE name = 'schedule'"
    holder = "SELECT owner FROM leases WHERE name = 'schedule'"
    with Office(waits=QUICK) as office:
        office.start("quick-1")
        office.start("schedule")
        until("the first one works", lambda: office.count(numbers) >= 1, LONG)
        sleeper = office.rows(holder)
        # The second one's own lease is long: a slow machine must not look like one more sleeper.
        office.start("schedule-2", QUICK | {"named.SECONDS": 120})
        first = office.processes["schedule"].pid
        office.freeze(first)
        until("the second one took over", lambda: office.rows(holder) != sleeper, LONG)
        taken = office.count(numbers)
        os.kill(first, signal.SIGCONT)
        with office.app.app_context():
            for n in range(20):
                with unit():
                    deeds.promise(n)
        until("all consequences are done", lambda: office.count("SELECT count(*) FROM effects") == 40, LONG)
        assert office.count("SELECT count(*) FROM jobs") == 40
        until("all are sealed", lambda: office.count("SELECT count(*) FROM seals") == 20, LONG)
        assert all(process.is_alive() for process in office.processes.values())
        assert office.count(numbers) == taken
