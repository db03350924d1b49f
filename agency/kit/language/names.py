"""Names, lists of names and the marks that stand before numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from babel.lists import format_list

from agency.kit.language.current import locale as current

NBSP = "\u00a0"
_MARKS = {"requirement": ("Т", "R"), "smeta": ("С", "S"), "addition": ("Д", "A"), "brief": ("Б", "B")}
_CYRILLIC = re.compile("[А-Яа-яЁё]")
# ICAO Doc 9303-3, section 6, table of Cyrillic letters: the spelling of Russian passports.
_LATIN = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    ("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
     "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia"),
    strict=True,
))  # fmt: skip


def mark(n: int, locale: str | None = None, kind: str = "requirement") -> str:
    """The short name of a numbered thing, with a Cyrillic letter in Russian only."""
    russian, other = _MARKS[kind]
    return f"{russian if (locale or current()) == 'ru' else other}{n}"


def initials(name: str | None) -> str:
    """Two letters for a round portrait."""
    return "".join(part[0] for part in (name or "").split()[:2]).upper()


def short_name(name: str) -> str:
    """A full name as it is shown: the first name as a letter, the rest as written."""
    first, _, rest = name.strip().partition(" ")
    return f"{first[0]}.{NBSP}{rest.strip()}" if rest.strip() else first


def latin(name: str) -> str:
    """A name in Latin letters, as passports spell it (ICAO Doc 9303-3, section 6)."""
    spelled = (_LATIN.get(letter.lower(), letter) for letter in name)
    return "".join(new.capitalize() if old.isupper() else new for old, new in zip(name, spelled, strict=True))


def called(who: Any) -> str:
    """How a person, or a mapping with a name, is called to a reader of the present language.

    Whoever does not read Cyrillic gets the Latin spelling: the person's own choice, else that of passports.
    """
    if isinstance(who, Mapping):
        name, chosen = who.get("name") or "", who.get("latin_name") or ""
    else:
        name, chosen = who.name, getattr(who, "latin_name", "") or ""
    return name if current() == "ru" or not _CYRILLIC.search(name) else chosen or latin(name)


def listed(items: Iterable[object]) -> str:
    """Things in a row with the language's own last conjunction."""
    return format_list([str(item) for item in items], style="standard", locale=current())
