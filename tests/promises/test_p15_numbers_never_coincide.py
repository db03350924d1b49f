"""P15: two numbers never coincide and none is skipped, whoever asks at the same time and whoever gives up."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from agency.app import create_app
from agency.kit.db import db, unit
from agency.people.agency import numbering
from tests.installations import Installation
from tests.promises import crowd
from tests.promises import numbering as numbers
from tests.promises.numbering import SERIES, settings_in

PROCESSES, DOCUMENTS = 8, 50


def race(data: Path, way: str, count: int) -> list[int]:
    """The numbers all processes got, in order."""
    app = create_app(settings_in(data))
    with app.app_context():
        with unit():
            db.metadata.create_all(db.session.connection())
        with unit():
            numbering.start_at(SERIES, 0)
        db.engine.dispose()
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.promises.numbering", str(data), str(seed), str(count), way],
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for seed in range(PROCESSES)
    ]
    got: list[int] = []
    for run in runs:
        told, _ = run.communicate(timeout=100)
        assert run.returncode == 0
        got += json.loads(told)
    return sorted(got)


def test_p15_eight_processes_take_four_hundred_numbers_without_gap_or_pair(tmp_path: Path) -> None:
    assert race(tmp_path, "guarded", DOCUMENTS) == list(range(1, PROCESSES * DOCUMENTS + 1))


def test_p15_control_without_the_lock_numbers_do_coincide(tmp_path: Path) -> None:
    got = race(tmp_path, "unguarded", DOCUMENTS)
    assert len(set(got)) < len(got), "the race did not show itself: this test proves nothing any more"


def race_on(place: Installation, take: Callable[[], int]) -> list[int]:
    """The numbers of eight takers at once on PostgreSQL, in order."""
    with place.app.app_context(), unit():
        numbering.start_at(SERIES, 0)
    got = crowd.at_once(place.app, [partial(numbers.keep, n, DOCUMENTS, take) for n in range(PROCESSES)])
    return sorted(number for each in got for number in each)


@pytest.mark.postgres
def test_p15_eight_takers_get_four_hundred_numbers_without_gap_or_pair_on_postgresql(on_postgres: Installation) -> None:
    assert race_on(on_postgres, numbers.guarded) == list(range(1, PROCESSES * DOCUMENTS + 1))


@pytest.mark.postgres
def test_p15_control_without_the_lock_numbers_do_coincide_on_postgresql(on_postgres: Installation) -> None:
    got = race_on(on_postgres, numbers.unguarded)
    assert len(set(got)) < len(got), "the race did not show itself: this test proves nothing any more"
