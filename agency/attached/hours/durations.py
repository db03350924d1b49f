"""Time as people type it ("2:20", "2 h 20", "140", "1.5 h") turned into whole minutes; pure."""

import re
from fractions import Fraction

from agency.kit.language.spans import HOURS, MINUTES
from agency.kit.words import lazy

DAY = 24 * 60
# A bare whole number below this may be hours as well as minutes, so it is not guessed.
UNCLEAR_BELOW = 13
PART = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*([^\W\d_]*)\.?")


class UnclearTime(ValueError):
    """What was typed is no length of time; str() is the sentence for the field."""

    def __init__(self, sentence: object) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def parse_minutes(typed: str, longest: int | None = DAY) -> int:
    """Whole minutes, from 1 to `longest` (a day); raises UnclearTime with a sentence."""
    text = " ".join(typed.casefold().split())
    minutes = _by_clock(text) if ":" in text else _by_words(text)
    if minutes is None or minutes <= 0:
        raise UnclearTime(lazy("Write the time like 2:20, 2 h 20 min or 140."))
    if longest is not None and minutes > longest:
        raise UnclearTime(lazy("A day has 24 hours: write each day apart."))
    return minutes


def _by_clock(text: str) -> int | None:
    found = re.fullmatch(r"(\d{1,4}):([0-5]\d)", text)
    return int(found[1]) * 60 + int(found[2]) if found else None


def _by_words(text: str) -> int | None:
    parts = PART.findall(text)
    if not parts or PART.sub("", text).strip():
        return None
    if len(parts) == 1 and not parts[0][1]:
        return _bare(parts[0][0])
    total = Fraction(0)
    for at, (figure, word) in enumerate(parts):
        if word in HOURS and at == 0:
            total += _number(figure) * 60
        elif word in MINUTES or (at == 1 and not word):
            total += _number(figure)
        else:
            return None
    return int(total + Fraction(1, 2)) if len(parts) <= 2 else None


def _bare(figure: str) -> int | None:
    if not figure.isdigit():
        return int(_number(figure) * 60 + Fraction(1, 2))
    if 0 < int(figure) < UNCLEAR_BELOW:
        raise UnclearTime(lazy("Is it %(n)s hours or minutes? Write %(n)s h or %(n)s min.", n=figure))
    return int(figure)


def _number(figure: str) -> Fraction:
    return Fraction(figure.replace(",", "."))
