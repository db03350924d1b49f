"""Changing what the agency works by: each change a row with its day, and a fact with what was and what becomes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from agency.kit import clock, journal, policy
from agency.kit.db import db
from agency.kit.states import Refused
from agency.kit.words import lazy
from agency.people.agency import numbering, queries
from agency.people.agency.defaults import DEFAULTS
from agency.people.agency.models import ApprovalLimit, OwnEntity, Setting, TaxRate


def put(key: str, becomes: Any, *, by: Any, since: date | None = None) -> Setting | None:
    """Let a setting have another value from a day on (today); None when it has it already.

    Raises Refused (field "since") for a day that has passed, KeyError for a setting we do not have.
    """
    policy.demand(by, "settings.edit")
    since = since or clock.today()
    if since < clock.today():
        raise Refused(lazy("This day has passed: choose today or a later one."), "since")
    was = queries.setting(key, since, DEFAULTS[key])
    if was == becomes:
        return None
    row = db.session.scalars(select(Setting).where(Setting.key == key, Setting.valid_from == since)).first()
    if row is None:
        row = Setting(key=key, valid_from=since)
        db.session.add(row)
    row.value, row.set_at = becomes, clock.now()
    db.session.flush()
    journal.fact(
        "settings.changed", about=row, by=by, key=key, was=was, becomes=becomes, since=since.isoformat(),
    )
    return row


def put_all(becomes: dict[str, Any], *, by: Any, since: date | None = None) -> bool:
    """Change several settings at once; whether anything changed."""
    rows = [put(key, one, by=by, since=since) for key, one in becomes.items()]
    return any(row is not None for row in rows)


def add_rate(country: str, code: str, percent: Decimal, since: date, *, by: Any) -> TaxRate:
    """A rate good from a day on; the one before it ends the day before and stays in the table."""
    policy.demand(by, "settings.edit")
    if not 0 <= percent <= 100:
        raise Refused(lazy("A rate is between 0 and 100 per cent."), "percent")
    rows = select(TaxRate).where(TaxRate.country == country, TaxRate.code == code)
    known = sorted(db.session.scalars(rows), key=lambda row: row.valid_from)
    if any(row.valid_from == since for row in known):
        raise Refused(lazy("A rate from this day is already written in."), "since")
    if known and since < known[-1].valid_from:
        raise Refused(lazy("A later rate is already known: add one that begins after it."), "since")
    before = known[-1] if known else None
    if before is not None and (before.valid_until is None or before.valid_until >= since):
        before.valid_until = since - timedelta(days=1)
    row = TaxRate(country=country, code=code, percent=percent, valid_from=since)
    db.session.add(row)
    db.session.flush()
    journal.fact(
        "settings.changed", about=row, by=by, key="tax", country=country, code=code, since=since.isoformat(),
        was=str(before.percent) if before else None, becomes=str(percent),
    )  # fmt: skip
    return row


def set_limit(
    limit: ApprovalLimit, *, by: Any, max_gross: int | None, max_discount: Decimal, min_margin: Decimal,
) -> None:
    """Up to what a role decides alone in a currency: minor units (None = any sum) and per cent."""
    policy.demand(by, "settings.edit")
    for name, percent in (("max_discount", max_discount), ("min_margin", min_margin)):
        if not 0 <= percent <= 100:
            raise Refused(lazy("Per cent, from 0 to 100."), name)
    if max_gross is not None and max_gross <= 0:
        raise Refused(lazy("A sum above zero, or leave it empty."), "max_gross")
    becomes = {"max_gross": max_gross, "max_discount": max_discount, "min_margin": min_margin}
    was = {name: getattr(limit, name) for name in becomes}
    if was == becomes:
        return
    for name, one in becomes.items():
        setattr(limit, name, one)
    db.session.flush()
    journal.fact(
        "settings.changed", about=limit, by=by, key="limit", role=limit.role, currency=limit.currency,
        was=_plain(was), becomes=_plain(becomes),
    )  # fmt: skip


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(one) if isinstance(one, Decimal) else one for name, one in values.items()}


def set_next_number(series: str, following: int, *, by: Any, field: str = "next") -> None:
    """Go on with a number of one's own; raises Refused for one that would go backwards."""
    policy.demand(by, "settings.edit")
    last = queries.last_number(series)
    if following <= last:
        raise Refused(lazy("Number %(last)s is given out already: numbers never go backwards.", last=last), field)
    if following == last + 1:
        return
    numbering.start_at(series, following - 1)
    journal.fact(
        "settings.changed", about=_own(), by=by, key="number", series=series, was=last + 1, becomes=following,
    )


def _own() -> OwnEntity:
    found = queries.default_entity()
    if found is None:
        raise Refused(lazy("The agency has no legal entity yet. The administrator writes it in."))
    return found
