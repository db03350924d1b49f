"""Codes of clients in Latin letters, suggested from a name in any alphabet; pure."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 6
VALID = re.compile(r"[A-Z][A-Z0-9]{1,5}")
# The names by which Unicode calls Cyrillic letters are not always their sounds.
SOUNDS = {
    "BE": "B", "VE": "V", "GHE": "G", "DE": "D", "IE": "E", "IO": "E", "ZHE": "ZH", "ZE": "Z", "SHORT I": "I",
    "KA": "K", "EL": "L", "EM": "M", "EN": "N", "PE": "P", "ER": "R", "ES": "S", "TE": "T", "EF": "F", "HA": "H",
    "TSE": "TS", "CHE": "CH", "SHA": "SH", "SHCHA": "SH", "HARD SIGN": "", "SOFT SIGN": "", "YERU": "Y",
    "BYELORUSSIAN-UKRAINIAN I": "I", "UKRAINIAN IE": "E",
}  # fmt: skip


def suggest(name: str, taken: Collection[str] = ()) -> str:
    """Two or three letters of a name that nobody has yet: initials, or the beginning of a single word."""
    words = [word for word in re.split(r"[^A-Z0-9]+", latin(_heart(name))) if word]
    words = [word for word in words if word[0].isalpha()] or ["CLIENT"]
    initials = "".join(word[0] for word in words[:3])
    whole = "".join(words)
    tries = [initials if len(initials) > 1 else "", *(whole[:n] for n in range(2, 5)), *_paired(whole)]
    tries += [f"{whole[:2]}{n}" for n in range(2, 100)]
    return next(code for code in tries if VALID.fullmatch(code) and code not in taken)


def latin(text: str) -> str:
    """A text in capital Latin letters, other alphabets by the names of their letters."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(_sound(sign) for sign in plain if not unicodedata.combining(sign))


def _sound(sign: str) -> str:
    if sign.isascii():
        return sign.upper()
    called = unicodedata.name(sign, "")
    found = re.fullmatch(r"(?:CYRILLIC|GREEK|LATIN) (?:CAPITAL|SMALL) LETTER (.+?)(?: WITH .+)?", called)
    if not found:
        return " "
    return SOUNDS.get(found[1], found[1][0] if called.startswith("LATIN") else found[1])


def _heart(name: str) -> str:
    """What stands in quotation marks, when a legal form stands before it."""
    found = re.search(r"[«„“\"](.+?)[»“”\"]", name)
    return found[1] if found else name


def _paired(whole: str) -> list[str]:
    return [whole[0] + sign for sign in whole[2:]]
