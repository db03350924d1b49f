"""How a settled question is answered on SQLite: its words go to the driver as they are, its rows come back as tuples.

SQLAlchemy prepares each asking anew (parameters, a context, a result, what its columns are called), which takes several
times as long as a short question takes to answer. Of a question that is put together once none of that changes: it is
asked through SQLAlchemy the first time, and after that by what was found out then. Whatever goes wrong, and whatever
somebody listens to, goes through SQLAlchemy.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import CompoundSelect, Connection, Row, Select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.util import LRUCache

from agency.kit.db.settling import KEPT, SETTLED

Columns = TypeVarTuple("Columns")
Processor = Callable[[Any], Any]


class Answer(list[Row[*Columns]]):
    """All rows of an answer, with the few words one takes them by."""

    __slots__ = ()

    def all(self) -> "Answer[*Columns]":
        """The rows."""
        return self

    def first(self) -> Row[*Columns] | None:
        """The first row, if there is one."""
        return self[0] if self else None

    def one(self) -> Row[*Columns]:
        """The only row; NoResultFound or MultipleResultsFound where it is not the only one."""
        if len(self) == 1:
            return self[0]
        raise MultipleResultsFound if self else NoResultFound

    def scalars(self) -> list[Any]:
        """The first value of each row."""
        return [row[0] for row in self]

    def scalar(self) -> Any:
        """The first value of the first row, if there is one."""
        return self[0][0] if self else None

    def scalar_one(self) -> Any:
        """The first value of the only row."""
        return self.one()[0]


@dataclass(frozen=True, slots=True)
class Form:
    """What a question is to the driver: its words, what goes into them, and what its values come back as."""

    words: str
    # The question's own values, as the driver takes them.
    own: Mapping[str, Any]
    # By the name in the words: by what name it is given, its value if it is not, and how it is written.
    asked: Sequence[tuple[str, str, Any, Processor]]
    # What has to be given.
    required: frozenset[str]
    row: Callable[[Iterable[Any]], Any]
    # Which values of a row are read how; all others are what the driver gives.
    reads: Sequence[tuple[int, Processor]]

    def answer(self, driver: sqlite3.Connection, given: Mapping[str, Any]) -> Answer[*tuple[Any, ...]]:
        """The rows, read at once."""
        values = dict(self.own)
        for name, key, value, write in self.asked:
            values[name] = write(given.get(key, value))
        rows: Iterable[Any] = driver.execute(self.words, values).fetchall()
        return Answer(map(self.row, map(self._read, rows) if self.reads else rows))

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        found = list(row)
        for at, read in self.reads:
            found[at] = read(found[at])
        return found


# By the identity of the question, which is kept with it: as long as it lives no other one has it.
_known: LRUCache[int, tuple[Any, Form | None]] = LRUCache(KEPT)


def answer(
    connection: Connection, question: Select[*Columns] | CompoundSelect[*Columns], given: Mapping[str, Any],
) -> Answer[*Columns]:
    """The rows of a question about columns."""
    known = _known.get(id(question))
    form = known[1] if known is not None and connection.dialect.name == "sqlite" else None
    if form is not None and form.required <= given.keys() and not connection.dispatch.before_cursor_execute:
        driver: Any = connection.connection.driver_connection
        try:
            return form.answer(driver, given)
        except sqlite3.Error:
            # Asked once more, it is told as SQLAlchemy tells everybody's errors.
            pass
    found = connection.execute(question, given)
    if known is None and connection.dialect.name == "sqlite" and question.get_execution_options().get(SETTLED):
        form = _form(question, tuple(found.keys()), connection.dialect)
        _known[id(question)] = question, form
    # Rows are the same in whichever way they were asked for.
    return Answer(found.all() if form is None else map(form.row, found))


def _form(question: Any, names: Sequence[str], dialect: Dialect) -> Form | None:
    """The form of a question; None where its words depend on its values."""
    compiled: Any = question.compile(dialect=dialect)
    if compiled.post_compile_params or compiled.literal_execute_params:
        return None
    own, asked, required = {}, [], set()
    for bound, name in compiled.bind_names.items():
        write = _processor(bound.type, dialect, "bind_processor") or _as_it_is
        if bound.unique:
            own[name] = write(bound.effective_value)
        else:
            asked.append((name, bound.key, bound.effective_value, write))
            if bound.required:
                required.add(bound.key)
    columns = enumerate(question.selected_columns)
    reads = ((at, _processor(column.type, dialect, "result_processor", None)) for at, column in columns)
    row: Any = namedtuple("Row", names, rename=True)
    known = [(at, read) for at, read in reads if read is not None]
    return Form(compiled.string, own, asked, frozenset(required), row._make, known)


def _processor(kind: Any, dialect: Dialect, name: str, *more: Any) -> Processor | None:
    found: Processor | None = getattr(kind.dialect_impl(dialect), name)(dialect, *more)
    return found


def _as_it_is(value: Any) -> Any:
    return value
