"""A row of a day: when, what, whose, and the one thing to do about it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One thing that waits; `tone` is late, soon or nothing, `acts` are (label, address, is the main one)."""

    when: str
    title: str
    url: str
    about: str = ""
    tone: str = ""
    department: str = ""
    chip: tuple[str, str, str] | None = None
    acts: tuple[tuple[str, str, bool], ...] = ()


@dataclass
class Section:
    """Rows of one kind under a heading; `more` is a quiet link beside it."""

    key: str
    title: Any
    rows: list[Row] = field(default_factory=list)
    more: tuple[str, str] | None = None
    # How the lede speaks of it, with the number filled in.
    lede: str = ""
    # How many there are, of which the rows may be the first.
    count: int = 0
