"""Questions about the agency itself."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from agency.kit import clock
from agency.kit.db import db
from agency.people.agency.calendars import COUNTRIES, WorkingCalendar
from agency.people.agency.models import ApprovalLimit, OwnEntity, Setting, TaxRate


def own_entities() -> list[OwnEntity]:
    """All own legal entities, the default one first."""
    return list(db.session.scalars(select(OwnEntity).order_by(OwnEntity.is_default.desc(), OwnEntity.id)))


def default_entity() -> OwnEntity | None:
    """The own entity that stands on a document when nobody chose another."""
    return db.session.scalars(select(OwnEntity).order_by(OwnEntity.is_default.desc(), OwnEntity.id)).first()


def setting(key: str, on: date, default: Any = None) -> Any:
    """The value of a setting on a day."""
    rows = select(Setting).where(Setting.key == key, Setting.valid_from <= on).order_by(Setting.valid_from.desc())
    found = db.session.scalars(rows).first()
    return default if found is None else found.value


def calendar() -> WorkingCalendar:
    """The agency's working calendar: its country, its zone, the hours and exceptions set by hand."""
    entity, today = default_entity(), clock.today()
    hours = setting("working_hours", today, {"starts": "09:00", "ends": "18:00"})
    exceptions = setting("working_days", today, {})
    return WorkingCalendar(
        country=entity.country if entity and entity.country in COUNTRIES else "RU", timezone=clock.home_zone().key,
        day_starts=time.fromisoformat(hours["starts"]), day_ends=time.fromisoformat(hours["ends"]),
        exceptions={date.fromisoformat(day): works for day, works in exceptions.items()},
    )


def tax_rates(country: str, on: date) -> list[Decimal]:
    """The tax rates of a country on a day, the standard one first."""
    rows = select(TaxRate.percent).where(
        TaxRate.country == country, TaxRate.valid_from <= on,
        (TaxRate.valid_until.is_(None)) | (TaxRate.valid_until >= on),
    )
    return sorted(db.session.scalars(rows), reverse=True)


def limit_of(role: str, currency: str) -> ApprovalLimit | None:
    """The approval limit of a role in a currency."""
    return db.session.scalars(
        select(ApprovalLimit).where(ApprovalLimit.role == role, ApprovalLimit.currency == currency),
    ).first()
