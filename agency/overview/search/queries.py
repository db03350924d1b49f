"""One question for everything: each kind of record answers with a few rows of the same shape."""

import operator
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Integer, Select, bindparam, case, func, literal_column, or_, select, union_all

from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.tasks import queries as tasks
from agency.flow.tasks.models import Task
from agency.kit.db import ask, db, finding, prepared
from agency.overview.search import phrase
from agency.overview.search.source import BEST, ZERO, Source
from agency.overview.search.sources import SOURCES
from agency.overview.search.wanted import Wanted
from agency.overview.search.ways import COUNTED, Way, ways
from agency.people.accounts import anybody
from agency.people.accounts.anybody import Anybody

KINDS = tuple(SOURCES)
# The kinds a question may be put together for, the fewest first: most words are not found in all of them, and of what
# is not looked at each piece costs something too.
SETS = (("project",), ("project", "request", "brief", "smeta", "task", "report", "requirement"), KINDS)
NEWEST = 60
# Kinds whose list of one's own is long, so that its end is looked at first.
MANY_A_PROJECT = frozenset({"task", "requirement"})
EACH, FIRST = bindparam("each", type_=Integer), bindparam("first", type_=Integer)


class Found(NamedTuple):
    """A record as the database found it; `n` is the number of a report or a requirement."""

    kind: str
    id: int
    title: str
    number: str
    state: str
    n: int
    client_id: int
    project_id: int
    project: str
    client: str
    rank: int


def find(actor: Any, wanted: Wanted, each: int, kinds: tuple[str, ...] = ()) -> list[Found]:
    """What the actor may see and the words fit, a few of each kind, the best and newest first; two questions.

    Of what fits very many rows only the newest are looked at: nobody reads on, and the next word narrows it.
    """
    asked = tuple(name for name in KINDS if wanted.asks_for(name) and (not kinds or name in kinds))
    if not wanted or not asked or not actor.is_staff:
        return []
    size, values = phrase.length(wanted), phrase.filled(wanted)
    counted = ask(_counts(str(size)), **values, enough=finding.MANY + 1).one()
    counts = {(name, n): counted[n * len(COUNTED) + at] for n in range(size) for at, name in enumerate(COUNTED)}
    chosen = list(ways(wanted, asked, counts, finding.MANY))
    if not chosen:
        return []
    shape = anybody.like(actor), str(size), *_form(chosen)
    values |= {f"any_{name}{n}": bool(count) for (name, n), count in counts.items()} | _looked_through(wanted, chosen)
    rows = ask(_found(*shape), **values, **anybody.of(actor), each=each, **_steps(each))
    found = [Found(*row) for row in rows.all()]
    return sorted(found, key=lambda row: (KINDS.index(row.kind), row.rank, -row.id))


@prepared
def _counts(size: str) -> Select[*tuple[Any, ...]]:
    """How many rows have each word, counted no further than it takes to call them many."""
    return select(*(
        select(func.count()).select_from(phrase.counted(name, n).limit(bindparam("enough")).subquery())
        .scalar_subquery().label(f"{name}{n}")
        for n in range(int(size)) for name in COUNTED
    ))  # fmt: skip


def _form(chosen: list[Way]) -> tuple[tuple[str, ...], bool, bool]:
    """The shortest question for some kinds: those it asks for, whether it lists and whether it looks at the newest."""
    names = {way.kind for way in chosen}
    return (
        next(kinds for kinds in SETS if names.issubset(kinds)),
        any(way.word is not None for way in chosen), any(way.word is None for way in chosen),
    )  # fmt: skip


def _looked_through(wanted: Wanted, chosen: list[Way]) -> dict[str, Any]:
    """How each kind is looked through, as parameters."""
    values: dict[str, Any] = dict.fromkeys((f"{name}_{way}" for name in KINDS for way in ("listed", "scanned")), False)
    values |= dict.fromkeys((f"{name}_by{end}" for name in KINDS for end in ("", "_end")), "")
    for way in chosen:
        values[f"{way.kind}_{'scanned' if way.word is None else 'listed'}"] = True
        if way.word is not None:
            values |= phrase.by(way.kind, wanted.words[way.word])
    return values


@prepared
def _found(who: Anybody, size: str, kinds: tuple[str, ...], lists: bool, scans: bool) -> Any:
    return union_all(*(_few(who, name, SOURCES[name](who, int(size)), lists, scans) for name in kinds))


def _few(who: Anybody, name: str, source: Source, lists: bool, scans: bool) -> Select[Any]:
    """A few rows of a kind: of those in the list of a word, or of the newest that fit, as the parameters say.

    They are chosen by their ids and ranks alone; only of the chosen ones it is asked what else is said of them.
    """
    id = source.model.id
    is_listed, is_scanned = (bindparam(f"{name}_{way}", type_=Boolean) for way in ("listed", "scanned"))
    fitting = select(id.label("id"), source.rank.label("rank")).where(source.fits)
    listed = fitting.where(is_listed, source.listed, source.seen)
    scanned, in_list = fitting.where(is_scanned).order_by(id.desc()), not who.sees_all_clients
    late = scanned.where(_one_of(id, source.seen, _is_late(id))) if in_list and name in MANY_A_PROJECT else None
    newest = _of_newest(name, scanned.where(_one_of(id, source.seen) if in_list else source.seen), late)
    some = union_all(*([listed] if lists else ()), *(newest if scans else ())).subquery()
    best = select(some).order_by(some.c.rank, some.c.id.desc()).limit(EACH).subquery()
    return source.rows.add_columns(best.c.rank).join(best, best.c.id == id)


def _of_newest(name: str, rows: Select[Any], late: Select[Any] | None = None) -> Iterator[Select[Any]]:
    """The newest rows that fit, looked at in two steps, of which the second is mostly spared.

    It is where the first step has come to the end of all, or has found enough that are as good as can be: nothing
    behind these is better. The first step may be told to look at the `late` ones alone.
    """
    first = (rows if late is None else late).limit(FIRST).cte(f"{name}_first")
    is_good = func.count().filter(first.c.rank == literal_column(f"{BEST}")) >= EACH
    is_enough = is_good if late is not None else or_(func.count() < FIRST, is_good)
    is_enough = select(is_enough).select_from(first).scalar_subquery()
    yield select(first).where(is_enough)
    yield select(rows.limit(case((is_enough, ZERO), else_=bindparam("newest", type_=Integer))).subquery())


def _steps(each: int) -> dict[str, int]:
    """How many of the newest rows are looked at first, and how many at most: the newest are mostly good enough."""
    return {"first": each if each < NEWEST else 0, "newest": NEWEST}


def _is_late(id: Any) -> Any:
    """Whether a row is of the last fifth of all: the list of one's own is that much shorter."""
    return id > select(func.max(id) // 5 * 4).correlate(None).scalar_subquery()


def _one_of(id: Any, seen: Any, *since: Any) -> Any:
    """The rows one may see as a list of their ids, by one index after another.

    The list is in order, so words are looked up from its end on until enough rows are found. Else they would be
    looked up for each of some thousand rows before the newest are told apart.
    """
    ways = seen.clauses if getattr(seen, "operator", None) is operator.or_ else [seen]
    return id.in_(union_all(*(select(id).where(way, *since).correlate(None) for way in ways)))


def my_tasks(actor: Any) -> list[Task]:
    """What the actor has in hand and may log time on."""
    return tasks.mine(actor)


def next_free(actor: Any) -> Task | None:
    """The free task of the actor's departments that burns first."""
    rows = select(Task).where(Task.state == "open", Task.department.in_(actor.departments))
    return db.session.scalars(rows.order_by(Task.due_on.is_(None), Task.due_on, Task.id).limit(1)).first()


def project_here(actor: Any, project_id: int) -> Project | None:
    """The project the actor is looking at, if it may be seen."""
    if not project_id:
        return None
    return db.session.scalars(projects.visible_to(actor).where(Project.id == project_id)).first()
