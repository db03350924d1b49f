"""Column types that keep exact values on both databases."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from agency.kit.language.folding import fold

SCALE = 10_000


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; a naive value is refused, an aware one comes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must be aware")
        stored = value.astimezone(UTC)
        return stored.replace(tzinfo=None) if dialect.name == "sqlite" else stored

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Scaled(TypeDecorator[Decimal]):
    """A Decimal with four places kept as a whole number (SQLite would keep Numeric as a float)."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Store value x 10^4; a value with more places is refused."""
        if value is None:
            return None
        if isinstance(value, float):
            raise TypeError("a scaled column takes Decimal or int, never float")
        scaled = Decimal(value) * SCALE
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than four decimal places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Give the Decimal back, without trailing zeros."""
        if value is None:
            return None
        plain = Decimal(value) / SCALE
        return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain.normalize()


class Json(TypeDecorator[Any]):
    """JSON as text with sorted keys, the same bytes on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Store compact, sorted JSON."""
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Give the parsed value back."""
        return None if value is None else json.loads(value)


class Folded(TypeDecorator[str]):
    """Words kept as they are searched for; whatever is compared with the column is folded alike.

    SQLite's own lower() and LIKE know no Cyrillic case, and PostgreSQL's LIKE knows none at all.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Fold what is stored and what is asked for."""
        return None if value is None else fold(value)
