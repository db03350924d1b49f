"""Doing everything that waits in this very process: for set-up and tests, where no worker runs."""

from collections import Counter
from collections.abc import Mapping

from agency.kit.db import db, db_reading, unit
from agency.kit.queue import QUEUES, named, perform, waiting
from workers import relay
from workers.consequences import CONSEQUENCES
from workers.loading import load_jobs

LEASE = "drain"


def drain(consequences: Mapping[str, tuple[str, ...]] = CONSEQUENCES) -> Counter[str]:
    """Relay every fact and do every due job until nothing is left; answers how the jobs ended."""
    load_jobs()
    ended: Counter[str] = Counter()
    number = named.seize(LEASE)
    if number is None:
        raise RuntimeError("another process is draining the queue")
    while _round(number, consequences, ended):
        pass
    relay.seal(LEASE, number)
    named.let_go(LEASE, number)
    return ended


def _round(number: int, consequences: Mapping[str, tuple[str, ...]], ended: Counter[str]) -> bool:
    relayed = relay.relay(LEASE, number, consequences)
    with db_reading():
        lost = waiting.unrouted()
    if lost:
        with unit():
            named.hold(LEASE, number)
            waiting.route(lost)
    with db_reading():
        rings = [ring for queue in QUEUES for ring in waiting.due(queue)]
    for ring in rings:
        ended[perform(ring.job_id)] += 1
    db.session.rollback()
    return bool(relayed or rings)
