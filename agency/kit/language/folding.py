"""Words made alike for searching: no case, one letter for e and yo, single spaces; and the other keyboard."""

from __future__ import annotations

import re
import unicodedata

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_OTHER = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)
# How a mark may begin: T and R of "requirement", in either alphabet.
MARK_LETTERS = "тtrр"
# What stands before the number of a request, in Russian and elsewhere.
REQUEST_LETTERS = "зr"

# What makes a letter follow the bare one and all that begins with it.
_AFTER = "\uf8ff"
_OF_THEIR_OWN = {sign: bare + _AFTER for sign, bare in zip("ąćčęłńóřšśźžй", "accelnorsszzи", strict=True)}
_LETTERS = str.maketrans(_OF_THEIR_OWN | {"ż": f"z{_AFTER * 2}", "ё": "е"})
_SIGNS = re.compile(rf"[^\w{_AFTER}]+")


def fold(text: str) -> str:
    """The text as it is compared: two words are alike when their folds are equal."""
    return " ".join(text.casefold().replace("ё", "е").split())


def sort_key(text: str) -> str:
    """The text as lists by name are ordered: neither case nor signs count.

    Polish ł, Czech č and Russian й are letters of their own and follow the bare ones; Czech á and ě, and Russian ё, do
    not.
    """
    known = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", known) if not unicodedata.combining(sign))
    return " ".join(_SIGNS.sub(" ", bare).split())


def other_keyboard(text: str) -> str:
    """What the same keys would have typed in the other layout: "ghbdtn" is the Russian greeting."""
    return text.casefold().translate(_OTHER)
