"""What a search knows of one kind of record, whatever the words are."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, case, literal_column, type_coerce

Clause = ColumnElement[bool]
# Said in the question itself: parameters are counted in hundreds, and each is filled in at each asking.
ZERO, NONE, SPACE = literal_column("0", Integer), literal_column("''", String), literal_column("' '", String)
# The rank of a record a word of whose name begins as was typed.
BEST = 0


@dataclass(frozen=True)
class Source:
    """A kind: what is said of a record, which records one may see, which fit, and those of one word in a list.

    `words` is what a whole name is compared with to rank a record.
    """

    model: Any
    rows: Select[Any]
    words: Any
    seen: Clause
    fits: Clause
    listed: Clause

    @property
    def rank(self) -> Any:
        """What comes first: a word of the name begins as was typed."""
        # The space before it is kept apart from the folded words.
        starts = (SPACE + type_coerce(self.words, String)).like(bindparam("begins"), escape="/")
        return case((starts, literal_column(f"{BEST}", Integer)), else_=literal_column(f"{BEST + 1}", Integer))
