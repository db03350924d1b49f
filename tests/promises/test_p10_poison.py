"""P10: a job that kills whoever does it is parked after five attempts, and the queue keeps moving."""

import pytest

from agency.kit.db import unit
from agency.kit.queue import ask
from tests.faults.office import Office, until

LONG = 60
QUICK = {"leases.AFTER_DEATH": (0, 0, 0, 0)}


@pytest.mark.slow
@pytest.mark.on_both
@pytest.mark.timeout(300)
def test_p10_a_job_that_kills_its_horse_is_parked_after_exactly_five_attempts(database_url: str) -> None:
    with Office(waits=QUICK, database_url=database_url) as office:
        office.start("schedule")
        office.start("quick-1")
        with office.app.app_context(), unit():
            poison = ask("deeds.die", 1)
            for n in range(10):
                ask("deeds.write", n)
        state = f"SELECT state FROM jobs WHERE id = {poison}"
        until("the others are done", lambda: office.count("SELECT count(*) FROM effects") == 10, LONG)
        until("the poison is parked", lambda: office.rows(state)[0][0] == "failed", LONG)
        row = office.rows(f"SELECT attempts, error FROM jobs WHERE id = {poison}")[0]
        assert tuple(row) == (5, "The process that did this job died.")
