"""P07: an accepted mail is sent exactly once or is visibly not sent."""

import random
from collections import Counter
from contextlib import suppress
from types import SimpleNamespace

import pytest

from agency.kit import mail
from agency.kit.db import unit
from agency.kit.queue import SYSTEM
from tests.faults.office import Office, until
from tests.faults.sink import MODES, Sink
from tests.figures import figure

# On each of the two databases.
MAILS = figure(100, 2000)
KILLS = figure(40, 1250)
LIMIT = 120
OPEN = "SELECT count(*) FROM mails WHERE state IN ('ready', 'handing_over')"
HANDING = "SELECT count(*) FROM mails WHERE state = 'handing_over'"
QUICK = {"delivery.WAITS": (1, 1, 2, 3), "leases.AFTER_DEATH": (0, 0, 1, 2), "leases.AFTER_ERROR": (1, 1, 2, 3)}


def _post(office: Office, numbers: range) -> None:
    with office.app.app_context(), unit():
        for n in numbers:
            to = [("Анна", f"{MODES[n % len(MODES)]}-{n}@client.example")]
            letter = mail.Letter(to=to, subject=f"Бриф {n}", text="Бриф готов. " * 50, html="<p>Бриф готов.</p>")
            mail.post(letter, about=SimpleNamespace(KIND="brief", id=n + 1), by=SYSTEM)


def _at_the_worst_instant(office: Office) -> str:
    """Kill the horses while a mail is being handed over: sent again by itself, it would arrive twice."""
    with suppress(AssertionError):
        until("a mail is handed over", lambda: office.count(HANDING), 2)
    for name in ("mail-1", "mail-2"):
        office.kill_horse(name)
    return "worst"


@pytest.mark.slow
@pytest.mark.on_both
@pytest.mark.timeout(figure(300, 7200))
def test_p07_kills_and_a_bad_server_lose_no_mail_and_repeat_none(database_url: str) -> None:
    chance = random.Random(7)
    with Sink() as sink, Office(sink.url, QUICK, database_url) as office:
        for name in ("schedule", "mail-1", "mail-2"):
            office.start(name)
        killed: Counter[str] = Counter()
        for number in range(KILLS):
            _post(office, range(number * MAILS // KILLS, (number + 1) * MAILS // KILLS))
            killed[_at_the_worst_instant(office) if number % 8 == 5 else office.one_kill(chance, number)] += 1
        took = until("every mail has come to an end", lambda: office.count(OPEN) == 0, LIMIT)
        rows = office.rows("SELECT id, message_id, to_address, state FROM mails")
        times = sink.times()
        states = Counter((row.to_address.partition("-")[0], row.state) for row in rows)
        print(f"\nkills {dict(killed)}, all ended {took:.1f} s after the last; {dict(states)}")
        assert len(rows) == MAILS
        assert not [row for row in rows if times[row.message_id] > 1], "sent twice"
        assert not [row for row in rows if row.state == "sent" and times[row.message_id] != 1], "lost"
        assert not [row for row in rows if row.state == "failed" and times[row.message_id]], "sent but called failed"
        assert {row.state for row in rows if row.to_address.startswith("refuse")} == {"failed"}
        unsure = {row.id for row in rows if row.state == "unknown"}
        assert unsure >= {row.id for row in rows if row.to_address.startswith("dropend")}
        by_kills = [row for row in rows if row.state == "unknown" and not row.to_address.startswith("dropend")]
        # A kill at the worst instant may leave one mail of each worker unsure, any other of a worker one at most.
        print(f"{len(by_kills)} left unsure by kills")
        assert len(by_kills) <= 2 * killed["worst"] + killed["horse"] + killed["parent"]
        told = {row[0] for row in office.rows("SELECT subject_id FROM facts WHERE verb = 'mail.unknown'")}
        assert told == unsure
