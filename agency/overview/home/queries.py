"""What a day asks: everything that waits for a person in one question, and the projects in work."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased

from agency.flow.projects.models import Project, ProjectStage
from agency.flow.reports import awaited
from agency.kit.db import ask, prepared
from agency.overview.home.waiting import KINDS, Kind, mine
from agency.people.accounts import anybody
from agency.people.accounts.anybody import Anybody
from agency.people.clients.models import Client

# Rows of a kind on the day itself, and on the page of that kind alone.
FEW, MOST = 5, 100
# Counted no further: whoever has a hundred things late needs no exact figure.
ENOUGH = 100
PROJECTS = 8


class Waits(NamedTuple):
    """One thing that waits: what it is, since or until when, whose it is; `total` is how many of its kind there are."""

    id: int
    title: str
    state: str
    at: datetime | None
    due_on: date | None
    department: str | None
    amount: int | None
    currency: str | None
    client_id: int
    project_id: int
    project: str
    client: str | None
    kind: str
    total: int


def waiting(actor: Any, today: date, kinds: tuple[str, ...], most: int) -> dict[str, list[Waits]]:
    """The first things of each kind that wait for this person, those that burn first."""
    days = awaited.days_of(today) if "reports" in kinds else {}
    found: dict[str, list[Waits]] = {}
    rows = ask(_waiting(anybody.like(actor), kinds), **anybody.of(actor), **days, today=today, most=most)
    for row in rows.all():
        one = Waits(*row)
        found.setdefault(one.kind, []).append(one)
    return found


@prepared
def _waiting(who: Anybody, kinds: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    return select(union_all(*(_first(name, KINDS[name](who)) for name in kinds)).subquery())


def _first(name: str, kind: Kind) -> Select[Any]:
    """The first rows of a kind, each with the number of all, counted up to ENOUGH."""
    waits = kind.which.order_by(*kind.order).limit(ENOUGH).cte(f"waiting_{name}")
    count = select(func.count()).select_from(waits).scalar_subquery()
    rows = kind.shown.add_columns(literal(name).label("kind"), count.label("total"))
    rows = rows.where(kind.key.in_(select(waits.c.id).limit(bindparam("most"))))
    return select(rows.order_by(*kind.order).subquery())


@dataclass(frozen=True)
class Going:
    """A project in work with the stage it is in and the day that stage should end."""

    id: int
    name: str
    client: str
    stage: str | None
    n: int | None
    of: int | None
    until: date | None


def going(actor: Any) -> list[Going]:
    """The actor's projects in work, the one whose stage ends first on top."""
    return [Going(*row) for row in ask(_going(anybody.like(actor)), **anybody.of(actor)).all()]


@prepared
def _going(who: Anybody) -> Select[*tuple[Any, ...]]:
    stage, every = aliased(ProjectStage), aliased(ProjectStage)
    undone = select(stage.id).where(stage.project_id == Project.id, stage.done_on.is_(None)).order_by(stage.ordinal)
    until = Project.stands_until.label("until")
    stands_in = ProjectStage.id == undone.limit(1).correlate(Project).scalar_subquery()
    # Which ones is found first; only of those few is told what they are.
    few = select(Project.id, until).where(Project.state == "active", mine(who, Project.client_id, Project.id))
    first = few.order_by(until.nulls_last(), Project.id).limit(PROJECTS).subquery()
    count = select(func.count()).where(every.project_id == Project.id).correlate(Project).scalar_subquery()
    rows = select(Project.id, Project.name, Client.name, ProjectStage.name, ProjectStage.ordinal, count, first.c.until)
    rows = rows.select_from(first).join(Project, Project.id == first.c.id).join(Client, Client.id == Project.client_id)
    return rows.outerjoin(ProjectStage, stands_in).order_by(first.c.until.nulls_last(), Project.id)
