"""Lists narrowed by words that somebody typed, asked of a prepared question: its shape is how many there are."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam

ESCAPE = "/"
# Nobody types more to find one row; the rest of a long text is not looked for.
MOST = 6


def typed(text: str) -> dict[str, str]:
    """The words of a text by the names of their binds, each as LIKE looks for it anywhere."""
    return {f"word_{n}": f"%{_plain(word)}%" for n, word in enumerate(text.split()[:MOST])}


def beginning(text: str) -> str:
    """A text as LIKE looks for it at the beginning."""
    return f"{_plain(text)}%"


def holding(column: Any, words: tuple[str, ...]) -> list[ColumnElement[bool]]:
    """That a folded column holds every one of these words, named by their binds."""
    return [column.like(bindparam(word), escape=ESCAPE) for word in words]


def _plain(word: str) -> str:
    for sign in (ESCAPE, "%", "_"):
        word = word.replace(sign, ESCAPE + sign)
    return word
