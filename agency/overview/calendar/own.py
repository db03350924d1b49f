"""What is one's own in the calendar: so little that all of it is read at once, and counted and chosen here.

Of what a whole agency has due in a month the database counts the days and chooses the first few things of each, which
takes two looks at it. Of one's own one look finds the days and the ids, and the second is at the few that are shown.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, union_all

from agency.kit.db import Among, prepared
from agency.overview.calendar.choices import Choice, asked, kinds, narrowed
from agency.overview.calendar.kinds import KINDS, Kind
from agency.overview.calendar.queries import Counts, Item, within
from agency.people.accounts.anybody import Anybody

OVER = itemgetter(2)
# The ids of what is due: by day, kind, and whether it is over.
Marks = Mapping[tuple[date, str, int], Sequence[int]]


def marks(actor: Any, first: date, last: date, choice: Choice) -> Marks:
    """Everything of one's own from one day to another."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for kind, *said in asked(_marks, actor, choice, first=first, last=last):
        for on, over, id in zip(*(one.split(",") for one in said if one), strict=True):
            found[on, kind, over].append(int(id))
    return {(date.fromisoformat(on), kind, int(over)): ids for (on, kind, over), ids in found.items()}


@prepared
def _marks(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def every(name: str, kind: Kind) -> Select[Any]:
        # Days, what is over, and ids, each in one row and in the same order: groups are put together quicker here.
        said = (func.aggregate_strings(cast(one, String), ",") for one in (kind.on, kind.over, kind.model.id))
        rows = kind.rows.with_only_columns(literal(name).label("kind"), *said)
        return rows.where(*within(who, kind), *narrowed(who, name, kind.model, shape))

    return union_all(*(every(name, KINDS[name]) for name in kinds(who, shape)))


def counts(some: Marks) -> Counts:
    """How many things are due: by day, kind, and whether they are over."""
    return {due: len(ids) for due, ids in some.items()}


def first(
    actor: Any, some: Marks, days: Mapping[str, Collection[date]], choice: Choice, most: int,
) -> list[Item]:
    """The first things of each kind on the days named for it, at most so many a day; what is open stands first."""
    found: dict[tuple[str, date], list[int]] = defaultdict(list)
    for on, kind, over in sorted(some, key=OVER):
        if on in days.get(kind, ()):
            found[kind, on] += sorted(some[on, kind, over])
    ids: dict[str, list[int]] = {f"{name}_ids": [] for name in KINDS}
    for (kind, _on), here in found.items():
        ids[f"{kind}_ids"] += here[:most]
    return list(map(Item._make, asked(_shown, actor, choice, **ids))) if found else []


@prepared
def _shown(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def few(name: str, kind: Kind) -> Select[Any]:
        return kind.shown.where(kind.model.id.in_(Among(f"{name}_ids")))

    return union_all(*(few(name, KINDS[name]) for name in kinds(who, shape)))
