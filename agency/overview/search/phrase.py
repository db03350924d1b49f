"""Typed words as parameters of a question that was put together before anybody typed them."""

from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Select, and_, bindparam

from agency.kit.db import finding
from agency.overview.search.wanted import MOST_WORDS, Wanted, serial

# A phrase is asked as one of so many words, the last one said again: few questions are to be kept.
LENGTHS = (1, 2, 4, MOST_WORDS)


def length(wanted: Wanted) -> int:
    """As how many words a phrase is asked."""
    return next(size for size in LENGTHS if len(wanted.words) <= size)


def padded(wanted: Wanted) -> tuple[str, ...]:
    """The words of a phrase, as many as are asked."""
    return wanted.words + wanted.words[-1:] * (length(wanted) - len(wanted.words))


def has(kind: str, n: int, id: Any) -> ColumnElement[bool]:
    """Whether a row has the n-th word, asked of that row where any of its kind has it."""
    sign = "s" if kind == "request" else "w"
    return and_(bindparam(f"any_{kind}{n}", type_=Boolean), finding.has_word(kind, *_stretch(f"{sign}{n}"), id))


def is_mark(n: int) -> BindParameter[bool]:
    """Whether the n-th word is the mark of a requirement."""
    return bindparam(f"is_mark{n}", type_=Boolean)


def listed(kind: str, words_of: str) -> Select[int]:
    """The rows of a kind that have the word by which some kind is listed."""
    return finding.rows_with(words_of, *_stretch(f"{kind}_by"))


def counted(kind: str, n: int) -> Select[int]:
    """The rows of a kind that have the n-th word."""
    sign = "s" if kind == "request" else "w"
    return finding.rows_with(kind, *_stretch(f"{sign}{n}"))


def _stretch(name: str) -> tuple[BindParameter[str], BindParameter[str]]:
    return bindparam(name), bindparam(f"{name}_end")


def spelled(name: str, word: str) -> dict[str, str]:
    """A word as the parameters of its name."""
    first, last = finding.stretch(word)
    return {name: first, f"{name}_end": last}


def by(kind: str, word: str) -> dict[str, str]:
    """The word by which a kind is listed."""
    return spelled(f"{kind}_by", serial(word) if kind == "request" else word)


def filled(wanted: Wanted) -> dict[str, Any]:
    """Everything of a phrase that the questions name, but for how each kind is looked through."""
    values: dict[str, Any] = {}
    for n, word in enumerate(padded(wanted)):
        values |= spelled(f"w{n}", word) | spelled(f"s{n}", serial(word))
        values[f"is_mark{n}"] = word not in wanted.beside_mark
    escaped = wanted.text.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return values | {
        "begins": f"% {escaped}%", "mark": -1 if wanted.mark is None else wanted.mark,
        "is_called": bool(wanted.digits), "called": f"%{wanted.digits}%",
    }
