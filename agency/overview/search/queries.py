"""One question for everything: each kind of record answers with a few rows of the same shape."""

from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Select, select, union_all

from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.tasks import queries as tasks
from agency.flow.tasks.models import Task
from agency.kit.db import db, finding
from agency.overview.search.sources import SOURCES
from agency.overview.search.wanted import Wanted

KINDS = tuple(SOURCES)
# Kinds with words of their own, of which there may be very many.
CROWDED = ("client", "person", "project", "request", "brief", "brief_part", "smeta", "task", "requirement", "document",
           "file")
NEWEST = 60


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
    asked = [name for name in KINDS if wanted.asks_for(name) and (not kinds or name in kinds)]
    if not wanted or not asked:
        return []
    wanted = replace(wanted, common=frozenset(finding.common(CROWDED, wanted.words)))
    parts = [select(_newest(SOURCES[name](actor, wanted), wanted).limit(each).subquery()) for name in asked]
    return [Found(*row) for row in db.session.execute(union_all(*parts))]


def _newest(rows: Select[Any], wanted: Wanted) -> Select[Any]:
    """The same rows, of the newest records alone where a word is common."""
    if not wanted.common:
        return rows
    id = rows.selected_columns["id"]
    newest = rows.with_only_columns(id, maintain_column_froms=True).order_by(None).order_by(id.desc()).limit(NEWEST)
    return rows.where(id.in_(newest))


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
