"""Names, lists of names and the marks that stand before numbers."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list

from agency.kit.language.current import locale as current

NBSP = "\u00a0"
_MARKS = {"requirement": ("Т", "R"), "smeta": ("С", "S"), "addition": ("Д", "A"), "brief": ("Б", "B")}


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


def listed(items: Iterable[object]) -> str:
    """Things in a row with the language's own last conjunction."""
    return format_list([str(item) for item in items], style="standard", locale=current())
