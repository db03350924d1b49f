"""Finding rows by the beginnings of their words: one table of words for every kind, alike on both databases.

A scan with LIKE reads every row; here a word's beginning is a stretch of an index, however many rows there are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    Select,
    String,
    delete,
    event,
    insert,
    inspect,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from agency.kit.db.base import Model
from agency.kit.language.folding import fold

LONGEST, MOST, MANY = 40, 300, 500
LAST = "\uffff"
JOINT = re.compile(r"[\W_]+")
# Words are compared sign by sign, whatever the language of the database.
PLAIN = String(LONGEST).with_variant(postgresql.VARCHAR(LONGEST, collation="C"), "postgresql")


class Word(Model):
    """A word by whose beginning a row is found."""

    __tablename__ = "search_words"
    __table_args__ = (Index("ix_search_words_row", "kind", "row_id", "word"),)
    kind: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(PLAIN, primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)


class Searched:
    """A row that is found by its words: those of the columns in SEARCHED_BY, unless it says otherwise itself."""

    KIND: ClassVar[str]
    SEARCHED_BY: ClassVar[tuple[str, ...]] = ("search_text",)

    def searched(self) -> str:
        """Everything by which the row is found."""
        return " ".join(str(getattr(self, name) or "") for name in self.SEARCHED_BY)


def words_of(text: str) -> set[str]:
    """The folded words, and of a joined one each tail too: "te-2026-014" is found by "te-2", "2026" and "014"."""
    return set(_tails(fold(text)))


def _tails(text: str) -> Iterator[str]:
    for token in text.split()[:MOST]:
        word = token.strip("«»„“”\"'().,:;!?")
        if word:
            yield word[:LONGEST]
        for joint in JOINT.finditer(word):
            if tail := word[joint.end():]:
                yield tail[:LONGEST]


def stretch(beginning: str) -> tuple[str, str]:
    """Where the words that begin so begin and end in the order of words."""
    start = fold(beginning)[:LONGEST]
    return start, start + LAST


def rows_with(kind: str, first: Any, last: Any) -> Select[int]:
    """The ids of a kind's rows that have a word in a stretch."""
    # Kinds are names of our own: said in the question itself they are no parameters, of which a search has hundreds.
    return select(Word.row_id).where(Word.kind == literal_column(f"'{kind}'"), Word.word >= first, Word.word < last)


def has_word(kind: str, first: Any, last: Any, id: Any) -> ColumnElement[bool]:
    """Whether one row has such a word, asked of that row: for words so common that a list of their rows is long."""
    return rows_with(kind, first, last).where(Word.row_id == id).correlate_except(Word).exists()


def keep_all(connection: Connection, model: type[Searched], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the words of new rows that were inserted in bulk, past the mapper; each is a mapping with its id."""
    texts = ((row["id"], " ".join(str(row.get(name) or "") for name in model.SEARCHED_BY)) for row in rows)
    _keep(connection, model.KIND, texts)


def _keep(connection: Connection, kind: str, rows: Iterable[tuple[int, str]]) -> None:
    found = [{"kind": kind, "row_id": id, "word": word} for id, text in rows for word in words_of(text)]
    if found:
        connection.execute(insert(Word), found)


def _forget(connection: Connection, row: Any) -> None:
    connection.execute(delete(Word).where(Word.kind == row.KIND, Word.row_id == row.id))


def _inserted(_mapper: Any, connection: Connection, row: Any) -> None:
    _keep(connection, row.KIND, [(row.id, row.searched())])


def _updated(_mapper: Any, connection: Connection, row: Any) -> None:
    state = inspect(row)
    if any(state.attrs[name].history.has_changes() for name in row.SEARCHED_BY):
        _forget(connection, row)
        _inserted(_mapper, connection, row)


def _deleted(_mapper: Any, connection: Connection, row: Any) -> None:
    _forget(connection, row)


for _moment, _step in (("after_insert", _inserted), ("after_update", _updated), ("after_delete", _deleted)):
    event.listen(Searched, _moment, _step, propagate=True)
