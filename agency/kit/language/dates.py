"""Days and instants as each language writes them; instants are told by the zone of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from babel.dates import get_day_names, get_month_names

from agency.kit.language.current import locale, zone

NBSP = "\u00a0"
_SHORT = {
    "ru": ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "pl": ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"),
}


@cache
def _names(kind: str, language: str, width: str = "wide", context: str = "format") -> Mapping[int, str]:
    names: Mapping[int, str] = (get_day_names if kind == "day" else get_month_names)(width, context, language)
    return names


def local(moment: datetime) -> datetime:
    """An aware instant by the clock on the reader's wall."""
    if moment.tzinfo is None:
        raise ValueError("an instant without a zone cannot be told")
    return moment.astimezone(zone())


def _day_of(moment: date | datetime) -> date:
    return local(moment).date() if isinstance(moment, datetime) else moment


def _dot() -> str:
    return "." if locale() == "cs" else ""


def day(moment: date | datetime | None) -> str:
    """A day in words: 23 November."""
    if moment is None:
        return ""
    on = _day_of(moment)
    return f"{on.day}{_dot()}{NBSP}{_names('month', locale())[on.month]}"


def weekday_day(moment: date | datetime | None) -> str:
    """A day with its weekday, to begin a page: Monday, 23 November."""
    if moment is None:
        return ""
    name = _names("day", locale())[_day_of(moment).weekday()]
    return f"{name[:1].upper()}{name[1:]}, {day(moment)}"


def weekday_short(moment: date | datetime) -> str:
    """The weekday in two or three letters, as calendars head their columns: Mon."""
    return _names("day", locale(), "abbreviated", "stand-alone")[_day_of(moment).weekday()]


def month_year(moment: date | datetime) -> str:
    """A month by itself, to begin a page: November 2026."""
    on = _day_of(moment)
    name = _names("month", locale(), "wide", "stand-alone")[on.month]
    return f"{name[:1].upper()}{name[1:]}{NBSP}{on.year}"


def day_short(moment: date | datetime | None) -> str:
    """A day for tables: 23 Nov."""
    if moment is None:
        return ""
    on = _day_of(moment)
    if locale() == "cs":
        return f"{on.day}.{NBSP}{on.month}."
    return f"{on.day}{NBSP}{_SHORT[locale()][on.month - 1]}"


def day_year(moment: date | datetime | None) -> str:
    """A day in words with its year: 23 November 2026."""
    return "" if moment is None else f"{day(moment)}{NBSP}{_day_of(moment).year}"


def day_in_figures(moment: date | datetime | None, year: bool = True) -> str:
    """The shortest day for a subject line: 18.12.2026, 18. 12. 2026; English names the month."""
    if moment is None:
        return ""
    on = _day_of(moment)
    if locale() in ("en", "cs"):
        return f"{day_short(on)}{NBSP}{on.year}" if year else day_short(on)
    return f"{on:%d.%m.%Y}" if year else f"{on:%d.%m}"


def clock(moment: datetime | None) -> str:
    """The hour on the reader's wall: 10:42."""
    return "" if moment is None else _hour(local(moment))


def _hour(here: datetime) -> str:
    return f"{here.hour:02}:{here.minute:02}"


def when(moment: datetime | None) -> str:
    """An instant for lists: 23 Nov, 10:42."""
    if moment is None:
        return ""
    here = local(moment)
    return f"{day_short(here.date())}, {_hour(here)}"
