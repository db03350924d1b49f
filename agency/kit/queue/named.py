"""Named leases: only one process at a time does a thing, and the one before it is fenced off."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from agency.kit.db import db, unit
from agency.kit.queue import owners
from agency.kit.queue.leases import Superseded, changed, instant
from agency.kit.queue.models import Lease

SECONDS = 15


def seize(name: str) -> int | None:
    """Take the lease in a unit of its own if nobody living holds it; answers its fencing number."""
    with unit():
        now = instant()
        held = db.session.execute(select(Lease.owner, Lease.until, Lease.number).where(Lease.name == name)).first()
        if held is None:
            dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
            row = dialect.insert(Lease).values(name=name, number=0, owner="", until=None)
            db.session.execute(row.on_conflict_do_nothing())
        elif held.until and held.until > now and not owners.gone(held.owner):
            return None
        number = held.number if held else 0
        free = update(Lease).where(Lease.name == name, Lease.number == number)
        taken = changed(free, number=number + 1, owner=owners.me(), until=now + timedelta(seconds=SECONDS))
        return number + 1 if taken else None


def held(name: str) -> bool:
    """Whether somebody living holds the lease, as far as can be told."""
    row = db.session.execute(select(Lease.owner, Lease.until).where(Lease.name == name)).first()
    return bool(row and row.until and row.until > instant() and not owners.gone(row.owner))


def hold(name: str, number: int) -> None:
    """Prolong the lease within the open unit; raises Superseded when somebody else took it."""
    mine = update(Lease).where(Lease.name == name, Lease.number == number)
    if not changed(mine, until=instant() + timedelta(seconds=SECONDS)):
        raise Superseded(f"the lease {name}")


def let_go(name: str, number: int) -> None:
    """Give the lease back in a unit of its own, so that the next one need not wait."""
    with unit():
        mine = update(Lease).where(Lease.name == name, Lease.number == number)
        db.session.execute(mine.values(until=None))
