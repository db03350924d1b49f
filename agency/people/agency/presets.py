"""What a new agency begins with, so that nothing has to be set before the first brief."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from agency.kit.db import db
from agency.people.agency.models import ApprovalLimit, OwnEntity, TaxRate

# Country, code, percent, good from. Rates change by law, so each has its day; the agency adds new ones.
TAXES = (
    ("RU", "standard", "20", date(2019, 1, 1), date(2025, 12, 31)),
    ("RU", "standard", "22", date(2026, 1, 1), None),
    ("RU", "reduced", "10", date(2004, 1, 1), None),
    ("RU", "zero", "0", date(2004, 1, 1), None),
    ("CZ", "standard", "21", date(2013, 1, 1), None),
    ("CZ", "reduced", "12", date(2024, 1, 1), None),
    ("CZ", "zero", "0", date(2004, 5, 1), None),
    ("PL", "standard", "23", date(2011, 1, 1), None),
    ("PL", "reduced", "8", date(2011, 1, 1), None),
    ("PL", "low", "5", date(2011, 1, 1), None),
    ("PL", "zero", "0", date(2011, 1, 1), None),
)
CURRENCIES = ("RUB", "EUR", "CZK", "PLN", "USD")
# An account manager may give 5 % away while a quarter of the net stays; beyond that the director is asked.
AM_DISCOUNT, AM_MARGIN = Decimal(5), Decimal(25)


def lay(name: str = "Agency", country: str = "RU", currency: str = "RUB", language: str = "ru") -> OwnEntity:
    """Lay tax tables, approval limits and one own entity where they are missing; safe to call again."""
    known = {tuple(row) for row in db.session.execute(select(TaxRate.country, TaxRate.code, TaxRate.valid_from))}
    for where, code, percent, since, until in TAXES:
        if (where, code, since) not in known:
            db.session.add(TaxRate(
                country=where, code=code, percent=Decimal(percent), valid_from=since, valid_until=until,
            ))
    limited = {tuple(row) for row in db.session.execute(select(ApprovalLimit.role, ApprovalLimit.currency))}
    for money in CURRENCIES:
        if ("account_manager", money) not in limited:
            db.session.add(ApprovalLimit(
                role="account_manager", currency=money, max_gross=None, max_discount=AM_DISCOUNT, min_margin=AM_MARGIN,
            ))
    entity = db.session.scalars(select(OwnEntity).order_by(OwnEntity.id)).first()
    if entity is None:
        entity = OwnEntity(
            name=name, brand=name, country=country, currency=currency, language=language, is_default=True,
            rounding="per_line" if country == "RU" else "per_rate_total",
        )
        db.session.add(entity)
    db.session.flush()
    return entity
