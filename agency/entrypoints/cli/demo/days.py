"""The days of the demo: the case keeps its own, moved by whole weeks so that its first report was last Friday."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from babel.dates import format_date

from agency.kit import clock

REPORTED_ON = date(2026, 12, 18)
PLACE = re.compile(r"\{(day|date|short|month) (\d{4}-\d\d-\d\d)(?: (\w\w))?\}")
SHAPES = {"day": "d MMMM", "day cs": "d. MMMM", "date": "dd.MM.y", "short": "dd.MM", "month": "LLLL"}


@dataclass(frozen=True)
class Days:
    """The shift of all days of a case."""

    shift: timedelta

    @classmethod
    def before(cls, today: date) -> "Days":
        """The shift that puts the first report of the case on the last Friday before a day."""
        back = (today.weekday() - 4) % 7 or 7
        return cls(today - timedelta(days=back) - REPORTED_ON)

    def day(self, written: date) -> date:
        """A day of the case as it falls now."""
        return written + self.shift

    @contextmanager
    def at(self, written: str) -> Iterator[None]:
        """Hold the clock at a moment of the case, written as "2026-11-23 10:42" on the agency's wall clock."""
        moment = datetime.fromisoformat(written).replace(tzinfo=clock.home_zone()) + self.shift
        with clock.at(moment):
            yield

    def told(self, value: Any) -> Any:
        """Words, lists and tables with every day in them moved: `{day 2027-02-15}` is spoken as a day and a month."""
        match value:
            case str():
                return PLACE.sub(self._spoken, value)
            case dict():
                return {name: self.told(part) for name, part in value.items()}
            case list():
                return [self.told(part) for part in value]
            case date():
                return self.day(value)
            case _:
                return value

    def _spoken(self, found: re.Match[str]) -> str:
        day = self.day(date.fromisoformat(found[2]))
        shape = SHAPES.get(f"{found[1]} {found[3]}", SHAPES[found[1]])
        return format_date(day, shape, locale=found[3] or "ru")


def read(name: str) -> dict[str, Any]:
    """The words of a case, kept beside its code."""
    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))
