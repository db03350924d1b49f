"""P06: no job is lost when worker, scheduler or queue server is killed at any instant."""

import random
from collections import Counter

import pytest

from agency.kit.db import unit
from agency.kit.queue import seals
from tests.faults import deeds
from tests.faults.office import Office, until

DEEDS = 120
KILLS = 40
OPEN = "SELECT count(*) FROM jobs WHERE state NOT IN ('done', 'failed')"
WAITING = "SELECT count(*) FROM outbox WHERE relayed_at IS NULL"


def _promise(office: Office, numbers: range) -> None:
    with office.app.app_context():
        for n in numbers:
            with unit():
                deeds.promise(n)


@pytest.mark.slow
def test_p06_forty_kills_lose_no_job_and_repeat_no_effect() -> None:
    chance = random.Random(6)
    with Office() as office:
        for name in ("schedule", "quick-1", "quick-2"):
            office.start(name)
        killed: Counter[str] = Counter()
        for number in range(KILLS):
            _promise(office, range(number * DEEDS // KILLS, (number + 1) * DEEDS // KILLS))
            killed[office.one_kill(chance, number)] += 1
        took = until(
            "every job has ended after the last kill",
            lambda: office.count(OPEN) == 0 and office.count(WAITING) == 0,
            60,
        )
        print(f"\nkills {dict(killed)}, all ended {took:.1f} s after the last")
        states = Counter(row[0] for row in office.rows("SELECT state FROM jobs"))
        effects = Counter((row[0], row[1]) for row in office.rows("SELECT job, n FROM effects"))
        assert states == {"done": 2 * DEEDS}
        assert set(effects.values()) == {1}
        assert len(effects) == 2 * DEEDS
        assert len(killed) == 4
        until("the journal is sealed", lambda: office.count("SELECT count(*) FROM seals") == DEEDS, 10)
        with office.app.app_context():
            assert seals.verify() == seals.Chain(DEEDS, 0, None)
