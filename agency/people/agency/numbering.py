"""Numbers of documents: given out in order, none twice, none lost (counter row locked in the unit)."""

from sqlalchemy import select

from agency.kit.db import db
from agency.people.agency.models import Counter


def take(series: str) -> int:
    """The next number of a series, starting with 1; it is lost with the unit if that is rolled back."""
    row = db.session.scalars(select(Counter).where(Counter.series == series).with_for_update()).one_or_none()
    if row is None:
        row = Counter(series=series, last=0)
        db.session.add(row)
    row.last += 1
    db.session.flush()
    return row.last


def start_at(series: str, last: int) -> None:
    """Go on counting after `last`, for an agency that comes with its own numbers; never backwards."""
    row = db.session.get(Counter, series)
    if row is None:
        db.session.add(Counter(series=series, last=last))
    elif row.last < last:
        row.last = last
    db.session.flush()
