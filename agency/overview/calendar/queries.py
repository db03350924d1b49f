"""What is due between two days: how much on each, the first few things of each, and what has no day of its own."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import case as choose

from agency.flow.briefs.models import Brief
from agency.flow.projects.models import GOING, Project, ProjectStage
from agency.flow.reports import awaited, cadence
from agency.flow.tasks.models import Task
from agency.kit.db import Among, Instant, ask, prepared
from agency.overview.calendar import reach
from agency.overview.calendar.choices import SEE_MOST, Choice, asked, kinds, narrowed, told_of
from agency.overview.calendar.kinds import KINDS, Kind
from agency.people.accounts import anybody
from agency.people.accounts.anybody import Anybody
from agency.people.clients.models import Client

WAITING, CHOICES = 200, 200
FIRST = bindparam("first", type_=Date)
SINCE, END = bindparam("since", type_=Instant), bindparam("end", type_=Instant)


class Item(NamedTuple):
    """One thing on a day: `kind` names the record, `rank` what it is here."""

    on: date
    rank: int
    kind: str
    id: int
    title: str
    state: str
    over: int
    project_id: int | None
    project: str
    client: str
    department: str | None = None
    amount: int | None = None
    currency: str | None = None


Counts = Mapping[tuple[date, str, int], int]


def counts(actor: Any, first: date, last: date, choice: Choice) -> Counts:
    """How many things are due from one day to another: by day, kind, and whether they are over."""
    rows = asked(_counts, actor, choice, first=first, last=last)
    return {(on, kind, over): n for kind, on, over, n in rows}


@prepared
def _counts(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def count(name: str, kind: Kind) -> Select[Any]:
        rows = kind.rows.with_only_columns(literal(name).label("kind"), kind.on.label("on"), kind.over, func.count())
        rows = rows.where(*within(who, kind), *narrowed(who, name, kind.model, shape))
        return rows.group_by(kind.on, kind.over)

    return union_all(*(count(name, KINDS[name]) for name in kinds(who, shape)))


def first(
    actor: Any, days: Mapping[str, Collection[date]], choice: Choice, most: int, over: bool = True,
) -> list[Item]:
    """The first things of each kind on the days named for it, at most so many a day.

    What is open stands first; what is over is not among them unless it is asked for.
    """
    wanted = {f"{name}_days": [str(day) for day in days.get(name, ())] for name in KINDS}
    earliest = min((min(some) for some in days.values()), default=date.max)
    return list(map(Item._make, asked(_first, actor, choice, most=most, over=int(over), first=earliest, **wanted)))


@prepared
def _first(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def few(name: str, kind: Kind) -> Select[Any]:
        place = func.row_number().over(partition_by=kind.on, order_by=(kind.over, kind.model.id))
        rows = kind.rows.add_columns(place.label("place")).where(
            *_on(who, kind, Among(f"{name}_days")), kind.over <= bindparam("over", type_=Integer),
            *narrowed(who, name, kind.model, shape),
        ).subquery()
        return kind.shown.where(kind.model.id.in_(select(rows.c.id).where(rows.c.place <= bindparam("most"))))

    return union_all(*(few(name, KINDS[name]) for name in kinds(who, shape)))


def within(who: Anybody, kind: Kind) -> Iterable[Any]:
    """What is due from the first day to the last."""
    return kind.on >= FIRST, _end(who, kind) <= bindparam("last", type_=Date)


def _on(who: Anybody, kind: Kind, days: Among) -> Iterable[Any]:
    if not who.has(*SEE_MOST):
        yield kind.on >= FIRST
    yield _end(who, kind).in_(days)


def _end(who: Anybody, kind: Kind) -> Any:
    """The day of a kind once more, to be compared with the last ones.

    SQLite takes any stretch of days for a sixty-fourth of all. Shown its beginning only, it starts from the few
    projects and clients of a person; whoever sees everything is better served by the days.
    """
    return kind.on if who.has(*SEE_MOST) else func.coalesce(kind.on, kind.on)


class Waiting(NamedTuple):
    """A decision without an agreed day: what the client has in hand, and since when."""

    kind: str
    id: int
    title: str
    at: datetime
    project_id: int
    project: str
    client: str


def waiting(actor: Any, choice: Choice, since: date, until: date) -> list[Waiting]:
    """Briefs and versions of work that have lain with clients since some day between these, the oldest first.

    The days are those of UTC, as instants are kept; both are included.
    """
    first, end = (datetime.combine(day, time(), UTC) for day in (since, until + timedelta(days=1)))
    return list(map(Waiting._make, asked(_waiting, actor, choice, since=first, end=end)))


@prepared
def _waiting(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    def row(model: Any, title: Any, at: Any, *which: Any) -> Select[Any]:
        # Briefs of the few projects of a person are asked project by project, not day by day of all (see `_end`).
        on = at if model is Task or who.has(*SEE_MOST) else func.coalesce(at, at)
        return select(
            literal(model.KIND).label("kind"), cast(model.id, Integer).label("id"), title.label("title"),
            at.label("at"), model.project_id.label("project_id"), model.client_id.label("client_id"),
        ).where(on >= SINCE, on < END, *which, *narrowed(who, model.KIND, model, shape))

    every = union_all(
        row(Brief, Brief.number, Brief.sent_at, Brief.state == "sent", Brief.department.is_(None)),
        row(Task, Task.title, Task.shown_at, Task.state == "client_review"),
    )
    # The first of them before their names are asked for.
    found = every.order_by(every.selected_columns.at).limit(WAITING).subquery()
    rows = select(found.c.kind, found.c.id, found.c.title, found.c.at, found.c.project_id, Project.name, Client.name)
    rows = rows.join(Project, Project.id == found.c.project_id).join(Client, Client.id == found.c.client_id)
    return rows.order_by(found.c.at)


def going(actor: Any, choice: Choice) -> list[Row[int, str, str]]:
    """The projects to choose from (id, number, name): going ones, the newest first."""
    return list(ask(_going(anybody.like(actor)), **told_of(actor), project=choice.project))


@prepared
def _going(who: Anybody) -> Select[int, str, str]:
    rows = select(Project.id, Project.number, Project.name).where(
        reach.of(who, Project), or_(Project.state.in_(GOING), Project.id == bindparam("project")),
    )
    return rows.order_by(Project.id.desc()).limit(CHOICES)


class Reporting(NamedTuple):
    """A project whose client gets reports, and in which rhythm from some day on."""

    id: int
    name: str
    rhythm: cadence.Rhythm


def reporting(actor: Any, choice: Choice, since: date) -> list[Reporting]:
    """Projects whose client gets reports, with the days of the stages that some rhythms follow; one question.

    No rhythm starts before `since`: of what is ahead most projects tell on the same few days.
    """
    return [
        Reporting(id_, name, cadence.Rhythm(rhythm, weekday, max(starts_on, since), _days(said)))
        for id_, name, rhythm, weekday, starts_on, said in asked(_reporting, actor, choice)
    ]


def _days(said: str | None) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, said.split(","))) if said else ()


@prepared
def _reporting(who: Anybody, shape: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    ends = select(func.aggregate_strings(cast(ProjectStage.forecast_on, String), ",")).where(
        ProjectStage.project_id == Project.id,
    ).correlate(Project).scalar_subquery()  # fmt: skip
    rows = select(
        Project.id, Project.name, Project.report_cadence, Project.report_weekday, Project.starts_on,
        choose((Project.report_cadence == "milestones", ends)),
    ).where(awaited.is_at_work(), *narrowed(who, Project.KIND, Project, shape))
    return rows.order_by(Project.id.desc()).limit(CHOICES)
