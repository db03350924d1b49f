"""Lists page by page, by key: the row at an edge says where the next page begins.

So the hundredth page costs what the first did, and what comes in meanwhile neither repeats a row nor hides one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Integer, Select, bindparam, select, true, tuple_

from agency.kit.db.questions import ask
from agency.kit.db.settling import settled

Row = TypeVar("Row")
MOST = bindparam("most", type_=Integer())


@dataclass(frozen=True)
class Turn:
    """Which page is asked for: the one after a row, the one before a row, else the first; rows are named by id."""

    after: int = 0
    before: int = 0


FIRST = Turn()


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """One page: its rows, and the ids at its edges beyond which there is more, else 0."""

    rows: list[Row]
    earlier: int = 0
    later: int = 0


class Stretch(NamedTuple):
    """Which rows stand together in a list, and in which order: the id last, nothing NULL, all rising or all falling."""

    order: Sequence[Any]
    which: Any = true()
    falling: bool = False


class Listing:
    """A list put together once, one stretch after the other; the id is the first column of `rows`."""

    def __init__(self, rows: Select[*tuple[Any, ...]], *stretches: Stretch, length: int = 25) -> None:
        self.length = length
        self._stretches = [_Questions(rows, stretch) for stretch in stretches]

    def leaf(self, turn: Turn, row: Callable[..., Row], **values: Any) -> Leaf[Row]:
        """The page of a turn, `row` made of the columns of each; beside a row that is gone it is the first page."""
        at, edge = self._edge(turn.after or turn.before, values)
        back = bool(edge and turn.before)
        found = self._found(self._stretches[at::-1] if back else self._stretches[at:], back, edge, values)
        if edge and not found:
            return self.leaf(FIRST, row, **values)
        shown, more = found[: self.length][:: -1 if back else 1], len(found) > self.length
        is_first, is_last = (not more, False) if back else (not edge, not more)
        return Leaf(
            [row(*one) for one in shown], 0 if is_first or not shown else shown[0][0],
            0 if is_last or not shown else shown[-1][0],
        )

    def _edge(self, id: int, values: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """The stretch in which a row stands, and its place there; the beginning when there is no such row."""
        for at, stretch in enumerate(self._stretches if id else ()):
            if place := ask(stretch.edge, edge=id, **values).first():
                return at, {f"edge_{n}": value for n, value in enumerate(place)}
        return 0, {}

    def _found(
        self, line: Iterable["_Questions"], back: bool, edge: Mapping[str, Any], values: Mapping[str, Any],
    ) -> list[Any]:
        """The rows of a page and one more, the stretches filling it up one after the other."""
        found: list[Any] = []
        for stretch in line:
            if len(found) <= self.length:
                rows = stretch.rows(back, beside=bool(edge and not found))
                found += ask(rows, most=self.length + 1 - len(found), **values, **edge)
        return found


class _Questions:
    """A stretch as questions: from its top or its end, from a row on or back, and where a row stands."""

    def __init__(self, rows: Select[*tuple[Any, ...]], stretch: Stretch) -> None:
        order, which, falling = stretch
        place, edge = tuple_(*order), tuple_(*(bindparam(f"edge_{n}", type_=one.type) for n, one in enumerate(order)))
        rows = rows.where(which).limit(MOST)
        rising, sinking = rows.order_by(*order), rows.order_by(*(one.desc() for one in order))
        on, back = (sinking, rising) if falling else (rising, sinking)
        self._on, self._back = settled(on), settled(back)
        self._after = settled(on.where(place < edge if falling else place > edge))
        self._before = settled(back.where(place > edge if falling else place < edge))
        self.edge = settled(select(*order).where(order[-1] == bindparam("edge"), which))

    def rows(self, back: bool, beside: bool) -> Select[*tuple[Any, ...]]:
        """The question for the rows of one direction, beside an edge or from the very end."""
        if back:
            return self._before if beside else self._back
        return self._after if beside else self._on
