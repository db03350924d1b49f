"""Words made alike for searching: no case, one letter for e and yo, single spaces; and the other keyboard."""

from __future__ import annotations

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_OTHER = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)
# How a mark may begin: T and R of "requirement", in either alphabet.
MARK_LETTERS = "тtrр"
# What stands before the number of a request, in Russian and elsewhere.
REQUEST_LETTERS = "зr"


def fold(text: str) -> str:
    """The text as it is compared: two words are alike when their folds are equal."""
    return " ".join(text.casefold().replace("ё", "е").split())


def other_keyboard(text: str) -> str:
    """What the same keys would have typed in the other layout: "ghbdtn" is the Russian greeting."""
    return text.casefold().translate(_OTHER)
