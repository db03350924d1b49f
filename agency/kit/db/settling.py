"""How a question that is put together once is compiled: what it says of itself is written out, readers' values stay.

SQLAlchemy keeps compiled statements by all that they consist of, values left out, and binds each value at each asking:
a question of many parts (states, kinds, zeros) has hundreds of them, and lists of them are written into the question
anew every time. A question put together once needs none of that: its own words never change.
"""

from typing import Any, TypeVar

from sqlalchemy import BindParameter, Engine, Executable
from sqlalchemy.sql.compiler import Compiled
from sqlalchemy.util import LRUCache

SETTLED = "agency_settled"
# Compiled statements that are kept; all pages together ask about half as many.
KEPT = 1_000

Statement = TypeVar("Statement")


def settled(question: Statement) -> Statement:
    """The statement, marked as one whose own words are written out; anything else as it is."""
    return question.execution_options(**{SETTLED: True}) if isinstance(question, Executable) else question


class Forms(LRUCache[Any, Compiled]):
    """Compiled statements; a settled one is found by being itself, not by everything it consists of.

    SQLAlchemy's keys are: dialect, what the statement consists of, names of columns, and two flags. A statement notes
    what it consists of once, so the same tuple is the same statement, and to compare hundreds of parts is saved. One
    that says other words has another tuple: what is written out is never taken for it.
    """

    def __init__(self) -> None:
        super().__init__(KEPT)
        self.settled: LRUCache[Any, tuple[Any, Compiled]] = LRUCache(KEPT)

    def get(self, key: Any, default: Any = None) -> Any:
        """The compiled form for such a key."""
        kept = self.settled.get(_itself(key))
        return super().get(key, default) if kept is None else kept[1]

    def __setitem__(self, key: Any, compiled: Compiled) -> None:
        if compiled.execution_options.get(SETTLED):
            # The tuple is kept with it: as long as it lives no other one has its identity.
            self.settled[_itself(key)] = key[1], compiled
        else:
            super().__setitem__(key, compiled)


def _itself(key: Any) -> Any:
    dialect, consists_of, *rest = key
    return id(consists_of), dialect, *rest


class _Writes:
    """A compiler that writes the words and limits of a settled statement out instead of binding them."""

    def visit_bindparam(self, bindparam: BindParameter[Any], *where: Any, **how: Any) -> str:
        if self.execution_options.get(SETTLED) and _is_word(bindparam):  # type: ignore[attr-defined]
            how["literal_binds"] = True
        return super().visit_bindparam(bindparam, *where, **how)  # type: ignore[misc]

    def limit_clause(self, select: Any, **how: Any) -> str:
        """At most so many rows. What is said for SQLite skips none of them besides, which is done for each row."""
        limit = select._limit_clause
        is_settled = self.execution_options.get(SETTLED)  # type: ignore[attr-defined]
        if not is_settled or limit is None or select._offset_clause is not None:
            return super().limit_clause(select, **how)  # type: ignore[misc,no-any-return]
        if isinstance(limit, BindParameter) and limit.unique:
            how["literal_binds"] = True
        return f"\n LIMIT {self.process(limit, **how)}"  # type: ignore[attr-defined]


def _is_word(bound: BindParameter[Any]) -> bool:
    """Whether a parameter is a plain word of the statement itself, or a list of such: nobody else gives it a value.

    A single number stays bound: what things are ordered or grouped by would mean the column of that number.
    """
    if not bound.unique or bound.required or bound.callable is not None:
        return False
    value = bound.value
    if bound.expanding:
        return bool(value) and all(type(one) in (str, int) for one in value)
    return type(value) is str


def write_out(engine: Engine) -> None:
    """Let the engine compile settled statements so, and find them again."""
    plain = engine.dialect.statement_compiler
    engine.dialect.statement_compiler = type("Settling", (_Writes, plain), {})
    engine.update_execution_options(compiled_cache=Forms())
