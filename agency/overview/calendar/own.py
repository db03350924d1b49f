"""What is one's own in the calendar: so little that all of it is read at once, and counted and chosen here.

Of what a whole agency has due in a month the database counts the days and chooses the first few things of each, which
takes two looks at it. Of one's own one look finds the days and the ids, and the second is at the few that are shown.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, union_all

from agency.kit.db import Among, prepared
from agency.overview.calendar.choices import Choice, asked, kinds, narrowed
from agency.overview.calendar.kinds import KINDS, Kind
from agency.overview.calendar.queries import Counts, Item, within
from agency.people.accounts.anybody import Anybody


class Mark(NamedTuple):
    """That something is due: of which kind, on which day, whether it is over, and its id."""

    kind: str
    on: date
    over: int
    id: int


def marks(actor: Any, first: date, last: date, choice: Choice) -> Sequence[Mark]:
    """Everything of one's own from one day to another."""
    return [Mark(*row) for row in asked(_marks, actor, choice, first=first, last=last)]


@prepared
def _marks(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def every(name: str, kind: Kind) -> Select[Any]:
        rows = kind.rows.with_only_columns(
            literal(name).label("kind"), kind.on.label("on"), kind.over.label("over"), kind.model.id.label("id"),
        )
        return rows.where(*within(who, kind), *narrowed(who, name, kind.model, shape))

    return union_all(*(every(name, KINDS[name]) for name in kinds(who, shape)))


def counts(some: Collection[Mark]) -> Counts:
    """How many things are due: by day, kind, and whether they are over."""
    return Counter((one.on, one.kind, one.over) for one in some)


def first(
    actor: Any, some: Collection[Mark], days: Mapping[str, Collection[date]], choice: Choice, most: int,
) -> list[Item]:
    """The first things of each kind on the days named for it, at most so many a day; what is open stands first."""
    found: dict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for one in some:
        if one.on in days.get(one.kind, ()):
            found[one.kind, one.on].append((one.over, one.id))
    ids: dict[str, list[int]] = {f"{name}_ids": [] for name in KINDS}
    for (kind, _on), here in found.items():
        ids[f"{kind}_ids"] += [id for _over, id in sorted(here)[:most]]
    return [Item(*row) for row in asked(_shown, actor, choice, **ids)] if found else []


@prepared
def _shown(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def few(name: str, kind: Kind) -> Select[Any]:
        return kind.shown.where(kind.model.id.in_(Among(f"{name}_ids")))

    return union_all(*(few(name, KINDS[name]) for name in kinds(who, shape)))
