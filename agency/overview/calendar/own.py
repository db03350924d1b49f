"""What is one's own in the calendar: so little that all of it is read at once, and counted and chosen here.

Of what a whole agency has due in a month the database counts the days and chooses the first few things of each, which
takes two looks at it. Of one's own one look finds the days and the ids, and the second is at the few that are shown.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, String, cast, func, literal, union_all

from agency.kit.db import Among, prepared
from agency.overview.calendar.choices import Choice, asked, kinds, narrowed
from agency.overview.calendar.kinds import KINDS, Kind
from agency.overview.calendar.queries import Counts, Item, within
from agency.people.accounts.anybody import Anybody

OVER = attrgetter("over")
# Where in a mark its day ends, and where its id begins.
DAY, ID = 10, 11


class Mark(NamedTuple):
    """What is due of one kind on one day, and is over or is not: its ids."""

    kind: str
    on: date
    over: int
    ids: tuple[int, ...]


def marks(actor: Any, first: date, last: date, choice: Choice) -> Sequence[Mark]:
    """Everything of one's own from one day to another."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for kind, said in asked(_marks, actor, choice, first=first, last=last):
        for one in said.split(",") if said else ():
            found[kind, one[:ID]].append(int(one[ID:]))
    return [
        Mark(kind, date.fromisoformat(when[:DAY]), int(when[DAY:]), tuple(ids)) for (kind, when), ids in found.items()
    ]


@prepared
def _marks(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def every(name: str, kind: Kind) -> Select[Any]:
        # A day, whether it is over, and an id at once: to put them in groups is quicker here than in the database.
        said = cast(kind.on, String) + cast(kind.over, String) + cast(kind.model.id, String)
        rows = kind.rows.with_only_columns(literal(name).label("kind"), func.aggregate_strings(said, ","))
        return rows.where(*within(who, kind), *narrowed(who, name, kind.model, shape))

    return union_all(*(every(name, KINDS[name]) for name in kinds(who, shape)))


def counts(some: Collection[Mark]) -> Counts:
    """How many things are due: by day, kind, and whether they are over."""
    return {(one.on, one.kind, one.over): len(one.ids) for one in some}


def first(
    actor: Any, some: Collection[Mark], days: Mapping[str, Collection[date]], choice: Choice, most: int,
) -> list[Item]:
    """The first things of each kind on the days named for it, at most so many a day; what is open stands first."""
    found: dict[tuple[str, date], list[int]] = defaultdict(list)
    for one in sorted(some, key=OVER):
        if one.on in days.get(one.kind, ()):
            found[one.kind, one.on] += sorted(one.ids)
    ids: dict[str, list[int]] = {f"{name}_ids": [] for name in KINDS}
    for (kind, _on), here in found.items():
        ids[f"{kind}_ids"] += here[:most]
    return list(map(Item._make, asked(_shown, actor, choice, **ids))) if found else []


@prepared
def _shown(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def few(name: str, kind: Kind) -> Select[Any]:
        return kind.shown.where(kind.model.id.in_(Among(f"{name}_ids")))

    return union_all(*(few(name, KINDS[name]) for name in kinds(who, shape)))
