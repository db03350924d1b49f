"""P06: no job is lost when web, worker, scheduler or queue server is killed at any instant: both databases together."""

import random
from collections import Counter
from itertools import pairwise

import pytest

from agency.kit.db import unit
from agency.kit.queue import seals
from tests.faults import deeds
from tests.faults.office import Office, until
from tests.figures import figure

# Of both databases together; each fact is one row of the outbox, and every second one starts a job.
FACTS = figure(2000, 20_000)
KILLS = figure(300, 3000)
HERE, KILLS_HERE = FACTS // 2, KILLS // 2
# Seconds after the last kill; the journal is sealed by the same scheduler.
LIMIT = 60
BACKLOG = 20
AT_ONCE = 3
OPEN = "SELECT count(*) FROM jobs WHERE state NOT IN ('done', 'failed')"
PROMISED = "SELECT count(*) FROM facts"
WAITING = "SELECT count(*) FROM outbox WHERE relayed_at IS NULL"
QUICK = {"leases.AFTER_DEATH": (0, 1, 2, 4)}


def killed_at_work(office: Office) -> Counter[str]:
    """Kill a few things at the same instant again and again, as far as the work has come; answers what was killed."""
    chance, killed = random.Random(6), Counter[str]()
    rounds = [*range(0, KILLS_HERE, AT_ONCE), KILLS_HERE]
    for begun, ended in pairwise(rounds):
        # The kills are spread over the whole work, and there is always some: what is done lets more be promised.
        share = HERE * ended // KILLS_HERE
        office.allow(share + 2 * BACKLOG if ended < KILLS_HERE else HERE)
        for number in range(begun, ended):
            killed[office.one_kill(chance, number)] += 1
        until("work goes on", lambda share=share: (
            office.count(PROMISED) >= share and office.count(WAITING) + office.count(OPEN) <= BACKLOG
        ), LIMIT)
    return killed


@pytest.mark.slow
@pytest.mark.on_both
@pytest.mark.timeout(figure(600, 7200))
def test_p06_kills_at_any_instant_lose_no_job_and_repeat_no_effect(database_url: str) -> None:
    with Office(waits=QUICK, database_url=database_url) as office:
        office.allow(BACKLOG)
        for name in ("schedule", "quick-1", "quick-2", "web-1", "web-2"):
            office.start(name)
        killed = killed_at_work(office)
        took = until("all is promised and every job has ended after the last kill", lambda: (
            office.count(PROMISED) >= HERE and office.count(WAITING) == 0 and office.count(OPEN) == 0
        ), LIMIT)
        print(f"\nkills {dict(killed)}, all ended {took:.1f} s after the last")
        assert len(killed) == 5
        assert sum(killed.values()) == KILLS_HERE
        _nothing_is_missing(office)
        _came_back_soon(office)
        promised = office.count(PROMISED)
        until("the journal is sealed", lambda: office.count("SELECT count(*) FROM seals") == promised, LIMIT)
        with office.app.app_context():
            assert seals.verify() == seals.Chain(promised, 0, None)


def _nothing_is_missing(office: Office) -> None:
    """What was acknowledged was kept, and each fact that was kept has had its one effect."""
    facts = {row[0]: row[1] for row in office.rows("SELECT subject_id, verb FROM facts")}
    assert len(facts) >= HERE
    assert office.acknowledged() <= facts.keys()
    effects = Counter((row[0], row[1]) for row in office.rows("SELECT n, job FROM effects"))
    assert set(effects.values()) == {1}
    started = {"deed.begun": "write", "deed.sought": "fetch_and_write"}
    assert dict(effects.keys()) == {n: started[verb] for n, verb in facts.items() if verb in started}
    states = Counter(row[0] for row in office.rows("SELECT state FROM jobs"))
    assert states == {"done": len(effects)}
    assert len(effects) >= HERE // 2 - KILLS_HERE


def _came_back_soon(office: Office) -> None:
    """From the kill of its horse to its end no job took longer than all have after the last kill; most take seconds."""
    ended = {row.id: row.ended_at for row in office.jobs(office.struck)}
    took = sorted((ended[job] - at).total_seconds() for job, at in office.struck.items())
    most = took[-1 - len(took) // 100]
    print(f"{len(took)} jobs were killed; half took {took[len(took) // 2]:.1f} s, 99 in 100 {most:.1f} s")
    assert len(took) >= 5
    assert took[-1] <= LIMIT


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
