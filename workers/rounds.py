"""The scheduler's rounds: relay, seal, ring, sweep and calendar, by one process at a time."""

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import OperationalError

from agency.kit import clock
from agency.kit.db import db, db_reading, unit
from agency.kit.queue import ask, leases, named, waiting
from agency.kit.queue.bell import bell
from agency.kit.queue.leases import Superseded, instant
from workers import relay
from workers.consequences import CONSEQUENCES
from workers.schedule import CALENDAR, Line

log = logging.getLogger("agency.schedule")

LEASE = "schedule"
PULSE = 0.2
PAUSE = 1.0
DEAD_EVERY = 1.0
SEAL_EVERY = 1.0
HOLD_EVERY = 4.0
SWEEP_EVERY = 2.0
CALENDAR_EVERY = 10.0


class Rounds:
    """One scheduler: waits for the lease, then makes its rounds until it is stopped or fenced off."""

    def __init__(
        self,
        consequences: Mapping[str, tuple[str, ...]] = CONSEQUENCES,
        calendar: tuple[Line, ...] = CALENDAR,
    ) -> None:
        self.consequences = consequences
        self.calendar = calendar
        self.number: int | None = None
        self.last: dict[str, float] = {}
        self.looked: datetime | None = None
        self.missed: frozenset[int] = frozenset()
        self.asked: dict[Line, str] = {}

    def run(self, stopped: Callable[[], bool]) -> None:
        """Go round until `stopped`; trouble with the database is said once and waited out."""
        in_trouble = False
        while not stopped():
            try:
                self.turn()
                in_trouble = False
            except Superseded:
                log.warning("another scheduler took over")
                self.number = None
            except OperationalError as error:
                if not in_trouble:
                    log.warning("the database does not answer: %s", error.orig)
                in_trouble = True
                time.sleep(PAUSE)
            finally:
                db.session.remove()
            time.sleep(PULSE)
        if self.number is not None:
            # A lease that cannot be let go now ends by itself.
            with suppress(OperationalError):
                named.let_go(LEASE, self.number)

    def turn(self) -> None:
        """One round; raises Superseded when the lease was lost."""
        if self.number is None:
            self.number = self._seize()
            if self.number is None:
                return
        if self._due("hold", HOLD_EVERY):
            with unit():
                named.hold(LEASE, self.number)
        relay.relay(LEASE, self.number, self.consequences)
        if self._due("seal", SEAL_EVERY):
            relay.seal(LEASE, self.number)
        if self._due("calendar", CALENDAR_EVERY):
            self._calendar(self.number)
        self._route(self.number)
        if self._due("dead", DEAD_EVERY):
            leases.free_dead()
        if self._due("sweep", SWEEP_EVERY):
            self.missed = waiting.ring_again(self.missed)
        else:
            self._ring_due()

    def _seize(self) -> int | None:
        with db_reading():
            if named.held(LEASE):
                return None
        number = named.seize(LEASE)
        if number is not None:
            log.info("this scheduler works now (%s)", number)
            self.last.clear()
        return number

    def _due(self, what: str, every: float) -> bool:
        now = time.monotonic()
        if now - self.last.get(what, -every) < every:
            return False
        self.last[what] = now
        return True

    def _ring_due(self) -> None:
        with db_reading():
            now = instant()
            rings = waiting.came_due(self.looked, now) if self.looked else []
        self.looked = now
        if rings:
            bell().ring(rings)

    def _route(self, number: int) -> None:
        with db_reading():
            lost = waiting.unrouted()
        if lost:
            with unit():
                named.hold(LEASE, number)
                rings = waiting.route(lost)
            bell().ring(rings)

    def _calendar(self, number: int) -> None:
        now = clock.now()
        due = [(line, found) for line in self.calendar if (found := line.latest(now))]
        fresh = [(line, line.period(found)) for line, found in due if self.asked.get(line) != line.period(found)]
        if not fresh:
            return
        with unit():
            named.hold(LEASE, number)
            for line, period in fresh:
                ask(line.job, key=period)
        self.asked.update(fresh)
