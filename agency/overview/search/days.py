"""A day named among typed words: 25.11, 25 ноября, tomorrow, by Friday; pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from agency.kit.words import fold, lazy_in, locale

FIGURES = re.compile(r"(\d{1,2})[./](\d{2})(?:[./](\d{4}|\d{2}))?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Fewer letters would find a weekday in too many words.
ENOUGH = 4
NEAR = (
    (0, lazy_in("palette", "today")), (1, lazy_in("palette", "tomorrow")), (-1, lazy_in("palette", "yesterday")),
)  # fmt: skip
BEFORE = lazy_in("palette", "by on until before")


def named(text: str, today: date, *, past: bool = False) -> tuple[date | None, str]:
    """The last day named in a text, and the text without it; without a year it is the nearest one.

    A weekday counts only after a preposition or at the end. `past` looks back instead of ahead.
    """
    tokens = text.split()
    plain = [fold(token).strip(",.;:") for token in tokens]
    for at in range(len(tokens) - 1, -1, -1):
        for wide in (2, 1):
            day = _read(plain[at : at + wide], today, past, _is_said(plain, at, wide))
            if day is not None and at + wide <= len(tokens):
                start = at - 1 if at and plain[at - 1] in _before() else at
                return day, " ".join([*tokens[:start], *tokens[at + wide :]]).strip(" ,")
    return None, text.strip()


def _is_said(plain: Sequence[str], at: int, wide: int) -> bool:
    return at + wide == len(plain) or (at > 0 and plain[at - 1] in _before())


def _before() -> frozenset[str]:
    return frozenset(fold(str(BEFORE)).split())


def _read(words: Sequence[str], today: date, past: bool, said: bool) -> date | None:
    if len(words) == 2:
        return _of_month(words, today, past)
    word = words[0]
    if found := ISO.fullmatch(word):
        return _day(*map(int, found.groups()))
    if found := FIGURES.fullmatch(word):
        year = int(found[3]) if found[3] else 0
        return _near(int(found[1]), int(found[2]), today, past, year + 2000 if 0 < year < 100 else year)
    away = next((days for days, name in NEAR if word in fold(str(name)).split()), None)
    if away is not None:
        return today + timedelta(days=away)
    return _weekday(word, today, past) if said else None


def _of_month(words: Sequence[str], today: date, past: bool) -> date | None:
    number = next((word for word in words if word.isdecimal() and len(word) < 3), None)
    name = next((word for word in words if len(word) > 2 and word.isalpha()), None)
    if number is None or name is None:
        return None
    month = next((month for month, known in _months(locale()) if known.startswith(name)), None)
    return _near(int(number), month, today, past) if month else None


@cache
def _months(language: str) -> tuple[tuple[int, str], ...]:
    return tuple((month, fold(name)) for month, name in get_month_names("wide", "format", language).items())


@cache
def _weekdays(language: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (day, fold(name).strip("."))
        for wide in ("wide", "abbreviated") for day, name in get_day_names(wide, "format", language).items()
    )


def _weekday(word: str, today: date, past: bool) -> date | None:
    def fits(name: str) -> bool:
        return word == name or (len(word) >= ENOUGH and len(name) >= ENOUGH and word[:ENOUGH] == name[:ENOUGH])

    day = next((day for day, name in _weekdays(locale()) if fits(name)), None)
    if day is None:
        return None
    ahead = (day - today.weekday()) % 7
    return today - timedelta(days=(7 - ahead) % 7) if past else today + timedelta(days=ahead or 7)


def _near(day: int, month: int, today: date, past: bool, year: int = 0) -> date | None:
    if year:
        return _day(year, month, day)
    found = [one for one in _in_years(day, month, today.year) if (one <= today if past else one >= today)]
    return (found[-1] if past else found[0]) if found else None


def _in_years(day: int, month: int, year: int) -> Iterator[date]:
    for one in (year - 1, year, year + 1):
        if found := _day(one, month, day):
            yield found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
