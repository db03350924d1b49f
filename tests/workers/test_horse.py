"""A horse goes on with what waits: each job is as alone as if it had a process to itself."""

import os
import signal
import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock

import pytest
from rq import Worker
from sqlalchemy.exc import OperationalError

from agency.kit.db import unit
from agency.kit.queue import ask
from agency.kit.queue.registry import LIMITS
from tests.faults.office import LEASED, Office, until
from workers import horse
from workers.worker import JobWorker

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
LONG = 60
# Long enough that on a slow machine, too, only what a test does ends a horse.
WAITS = {"horse.WHILE": {"quick": 600.0}, "leases.AFTER_DEATH": (0, 0, 0, 0)}
CLEAN = str(("ru", False, False, False))


@pytest.fixture
def office() -> Iterator[Office]:
    """Nobody works here yet: what is asked for waits."""
    with Office(waits=WAITS) as found:
        yield found


def asked(office: Office, *names: str) -> list[int]:
    """Ask for these deeds, numbered from 0."""
    with office.app.app_context(), unit():
        return [ask(f"deeds.{name}", n) for n, name in enumerate(names)]


def effects(office: Office) -> dict[int, str]:
    """Who left what, by the number of the deed; each left one thing at most."""
    rows = office.rows("SELECT n, job FROM effects")
    assert len({row.n for row in rows}) == len(rows)
    return {row.n: row.job for row in rows}


def all_done(office: Office, many: int) -> dict[int, str]:
    """What so many deeds have left, once they have."""
    until(f"{many} are done", lambda: office.count("SELECT count(*) FROM effects") == many, LONG)
    return effects(office)


def state(office: Office, job_id: int) -> Any:
    return office.rows(f"SELECT state, attempts, error, lease_token, lease_owner FROM jobs WHERE id = {job_id}")[0]


def kept_by_rq(office: Office) -> set[str]:
    """The keys of the queue server that tell of jobs."""
    of_workers = ("rq:worker", "rq:queues", "rq:clean")
    return {key for key in map(bytes.decode, office.redis().keys("*")) if not key.startswith(of_workers)}


def test_what_waits_is_done_by_one_horse_with_an_attempt_each(office: Office) -> None:
    jobs = asked(office, *["sign"] * 20)
    office.start("quick-1")
    assert len(set(all_done(office, 20).values())) == 1
    until("the horse has gone", lambda: not office.horses(office.processes["quick-1"].pid), LONG)
    assert {tuple(state(office, job_id)) for job_id in jobs} == {("done", 1, None, None, None)}
    assert kept_by_rq(office) == set()


def test_what_comes_when_nothing_waits_gets_another_horse(office: Office) -> None:
    office.start("quick-1")
    horses = []
    for n in range(2):
        with office.app.app_context(), unit():
            ask("deeds.sign", n)
        horses.append(all_done(office, n + 1)[n])
        until("the horse has gone", lambda: not office.horses(office.processes["quick-1"].pid), LONG)
    assert len(set(horses)) == 2


def test_a_horse_takes_nothing_new_when_its_time_is_up(office: Office) -> None:
    asked(office, "sign", "nap", "sign", "sign")
    office.start("quick-1", WAITS | {"horse.WHILE": {"quick": 0.4}})
    left = all_done(office, 4)
    assert left[0] != left[2] == left[3]


def test_a_job_finds_nothing_of_the_one_before_it(office: Office) -> None:
    asked(office, "litter", "sign", "litter", "sign")
    office.start("quick-1")
    left = all_done(office, 4)
    assert left[1] == left[3]
    assert left[1].endswith(CLEAN)


def test_a_horse_with_a_thread_beside_it_takes_nothing_new(office: Office) -> None:
    asked(office, "sign", "sign", "spin", "sign")
    office.start("quick-1")
    left = all_done(office, 4)
    assert left[0] == left[1] != left[3]


def test_a_job_that_fails_takes_no_other_with_it(office: Office) -> None:
    jobs = asked(office, "sign", "sign", "stumble", "sign", "sign")
    office.start("quick-1")
    left = all_done(office, 4)
    assert left[0] == left[1] != left[3] == left[4]
    assert tuple(state(office, jobs[2])) == ("ready", 1, "ValueError: stumbled", None, None)


def test_a_job_is_ended_at_its_own_limit_and_the_others_are_done(office: Office) -> None:
    jobs = asked(office, "sign", "overrun", "nap", "sign")
    office.start("quick-1")
    left = all_done(office, 3)
    assert set(left) == {0, 2, 3}
    assert left[0] != left[3]
    found = state(office, jobs[1])
    assert (found.state, found.attempts) == ("ready", 1)
    assert found.error == "JobTimeoutException: Task exceeded maximum timeout value (1 seconds)"


def test_a_horse_killed_in_its_second_job_loses_nothing_and_repeats_nothing(office: Office) -> None:
    jobs = asked(office, "sign", "doze", "sign")
    office.start("quick-1")
    first = all_done(office, 1)
    until("the second one is begun", lambda: office.count(LEASED) == 1, LONG)
    assert office.kill_horse("quick-1")
    (office.folder / "wake").touch()
    office.start("schedule")
    left = all_done(office, 3)
    assert left[0] == first[0] != left[2]
    assert [state(office, job_id).attempts for job_id in jobs] == [1, 2, 1]
    until("all are done", lambda: office.count("SELECT count(*) FROM jobs WHERE state = 'done'") == 3, LONG)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_horse_whose_parent_must_stop_ends_its_job_and_takes_no_other(office: Office, number: int) -> None:
    asked(office, "sign", "doze", *["sign"] * 20)
    office.start("quick-1")
    until("the second one is begun", lambda: len(effects(office)) == 1 and office.count(LEASED) == 1, LONG)
    process = office.processes.pop("quick-1")
    found = office.horses(process.pid)
    os.kill(process.pid, number)
    if number == signal.SIGKILL:
        process.join(LONG)
    else:
        # The signal is heard, and the parent waits for its horse.
        time.sleep(0.3)
        assert process.is_alive()
    (office.folder / "wake").touch()
    process.join(LONG)
    until("its horse has gone", lambda: not any(_lives(pid) for pid in found), LONG)
    assert set(effects(office)) == {0, 1}
    assert office.redis().llen("rq:queue:quick") == 20
    assert office.count("SELECT count(*) FROM jobs WHERE state = 'ready' AND attempts = 0") == 20


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("bad", ["again", "failed", OperationalError("COMMIT", {}, Exception("gone"))])
def test_a_horse_ends_after_what_did_not_end_well(office: Office, monkeypatch: pytest.MonkeyPatch, bad: Any) -> None:
    rings = [Mock(timeout=1, perform=Mock(side_effect=[end])) for end in ("done", "later", "skipped", bad, "done")]
    monkeypatch.setattr(horse, "_next", Mock(side_effect=rings))
    monkeypatch.setattr(horse, "_threads", Mock(return_value=1))
    with office.app.app_context():
        horse.go_on(Mock(), lambda: True, time.monotonic(), 60)
    assert [ring.perform.called for ring in rings] == [True, True, True, True, False]


def test_the_watch_over_a_horse_allows_for_the_longest_job_it_may_have_begun_last(
    office: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    watched = Mock()
    monkeypatch.setattr(Worker, "monitor_work_horse", watched)
    job = Mock(timeout=1)
    JobWorker.of(office.settings.redis_url, "quick").monitor_work_horse(job, Mock(), Mock())
    assert watched.called
    assert job.timeout == LIMITS["quick"]
    assert all(seconds < 60 and seconds < LIMITS[queue] for queue, seconds in horse.WHILE.items())


def test_while_a_horse_goes_on_the_books_of_its_first_job_stay_closed(office: Office) -> None:
    worker = JobWorker.of(office.settings.redis_url, "quick")
    worker.register_birth()
    asked(office, "sign")
    found = worker.dequeue_job_and_maintain_ttl(None)
    assert found
    job, queue = found
    execution = worker.prepare_execution(job)
    worker.maintain_heartbeats(job, execution)
    assert execution.key in kept_by_rq(office)
    job.started_at = job.ended_at = job.enqueued_at
    worker.prepare_job_execution(job, remove_from_intermediate_queue=True)
    worker.handle_job_success(job, queue, queue.started_job_registry, execution)
    worker.connection.expire(worker.key, 1)
    worker.maintain_heartbeats(job, execution)
    assert kept_by_rq(office) == set()
    assert worker.connection.ttl(worker.key) > 60
