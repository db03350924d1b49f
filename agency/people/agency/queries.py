"""Questions about the agency itself."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from agency.kit.db import db
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
