"""P06: no job is lost when worker, scheduler or queue server is killed at any instant, on either database."""

import random
import threading
import time
from collections import Counter

import pytest

from agency.kit.db import unit
from agency.kit.queue import seals
from tests.faults import deeds
from tests.faults.office import Office, until
from tests.figures import figure

# On each of the two databases; a deed is a fact with two jobs.
DEEDS = figure(120, 3000)
KILLS = figure(60, 1500)
WRITERS = 4
# After the last kill; the journal is sealed by the same scheduler.
LIMIT = 60
BACKLOG = 40
OPEN = "SELECT count(*) FROM jobs WHERE state NOT IN ('done', 'failed')"
WAITING = "SELECT count(*) FROM outbox WHERE relayed_at IS NULL"


class Writers:
    """Four people who promise deeds while things are killed, each at the pace of the kills."""

    def __init__(self, office: Office) -> None:
        self.office, self.kills = office, 0
        self.threads = [threading.Thread(target=self._write, args=(one,)) for one in range(WRITERS)]

    def _write(self, writer: int) -> None:
        with self.office.app.app_context():
            for n in range(writer, DEEDS, WRITERS):
                while n > DEEDS * (self.kills + 1) // KILLS:
                    time.sleep(0.01)
                with unit():
                    deeds.promise(n)

    def __enter__(self) -> "Writers":
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kills = KILLS
        for one in self.threads:
            one.join()


@pytest.mark.slow
@pytest.mark.on_both
@pytest.mark.timeout(figure(300, 7200))
def test_p06_kills_at_any_instant_lose_no_job_and_repeat_no_effect(database_url: str) -> None:
    chance, killed = random.Random(6), Counter[str]()
    with Office(database_url=database_url) as office:
        for name in ("schedule", "quick-1", "quick-2"):
            office.start(name)
        with Writers(office) as writers:
            for number in range(KILLS):
                killed[office.one_kill(chance, number)] += 1
                writers.kills = number
                # On a slow machine the kills wait for the work, or there would be only a heap of it at the end.
                until("work goes on", lambda: office.count(OPEN) < BACKLOG, LIMIT)
        took = until(
            "every job has ended after the last kill",
            lambda: office.count(OPEN) == 0 and office.count(WAITING) == 0, LIMIT,
        )
        print(f"\nkills {dict(killed)}, all ended {took:.1f} s after the last")
        states = Counter(row[0] for row in office.rows("SELECT state FROM jobs"))
        effects = Counter((row[0], row[1]) for row in office.rows("SELECT job, n FROM effects"))
        assert states == {"done": 2 * DEEDS}
        assert set(effects.values()) == {1}
        assert len(effects) == 2 * DEEDS
        assert len(killed) == 4
        until("the journal is sealed", lambda: office.count("SELECT count(*) FROM seals") == DEEDS, LIMIT)
        with office.app.app_context():
            assert seals.verify() == seals.Chain(DEEDS, 0, None)


@pytest.mark.slow
@pytest.mark.on_both
def test_p06_control_without_the_row_beside_the_fact_its_jobs_are_lost(database_url: str) -> None:
    """The test of the test: a fact whose outbox row is missing starts nothing, and the counting sees it."""
    with Office(database_url=database_url) as office, office.app.app_context():
        for n in range(2):
            with unit():
                deeds.promise(n)
                if n:
                    deeds.forget_outbox()
        office.start("schedule")
        office.start("quick-1")
        until("the jobs of one fact are done", lambda: office.count("SELECT count(*) FROM effects") == 2, LIMIT)
        assert office.count(WAITING) == 0
        assert {row[0] for row in office.rows("SELECT n FROM effects")} == {0}
