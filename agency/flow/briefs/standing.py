"""How the briefs of a project stand, without their parts: the newest of each kind, and those the client was given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from agency.flow.briefs import catalogue, queries
from agency.flow.briefs.catalogue import DEPARTMENTS
from agency.flow.briefs.completeness import Readiness, readiness
from agency.flow.briefs.models import Brief, BriefPart
from agency.kit.db import ask, prepared


@dataclass(frozen=True)
class Standing:
    """The newest version of one brief, as far as tabs and next steps ask about it; rights read it like the brief."""

    KIND: ClassVar[str] = Brief.KIND
    id: int
    type: str
    type_version: int
    department: str | None
    state: str
    client_id: int
    project_id: int
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        """Whether the version may still be edited."""
        return self.state == "draft"

    def readiness(self, country: str) -> Readiness:
        """How ready it is, for a client of a country."""
        return readiness(catalogue.find(self.type, self.type_version).fields, self.answers, country)


def of_project(project_id: int) -> Mapping[str, Standing | None]:
    """The newest version of each type: client, creative, media, production."""
    found: dict[str, Standing | None] = dict.fromkeys(("client", *DEPARTMENTS))
    for key, value, *told in ask(_newest(), project=project_id):
        one = Standing(*told)
        known = found.get(one.type)
        if known is None:
            known = found[one.type] = one
        known.answers[key] = value
    return found


@prepared
def _newest() -> Select[*tuple[Any, ...]]:
    later = aliased(Brief)
    last = select(func.max(later.n)).where(later.project_id == Brief.project_id, later.type == Brief.type)
    return (
        select(
            BriefPart.key, BriefPart.value, Brief.id, Brief.type, Brief.type_version, Brief.department, Brief.state,
            Brief.client_id, Brief.project_id,
        ).outerjoin(BriefPart, BriefPart.brief_id == Brief.id)
        .where(
            Brief.project_id == bindparam("project"), Brief.type.in_(("client", *DEPARTMENTS)),
            Brief.n == last.scalar_subquery(),
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A version that the client was given, as lists tell of it; rights read it like the brief."""

    KIND: ClassVar[str] = Brief.KIND
    department: ClassVar[None] = None
    id: int
    n: int
    state: str
    sent_at: datetime
    decided_at: datetime | None
    client_id: int
    project_id: int
    title: str | None


def given(project_id: int) -> list[Given]:
    """The versions a client has been given, the newest first, each with its title."""
    return [Given(*row) for row in ask(_given(), project=project_id)]


@prepared
def _given() -> Select[*tuple[Any, ...]]:
    title = (BriefPart.brief_id == Brief.id) & (BriefPart.key == "title")
    return (
        select(
            Brief.id, Brief.n, Brief.state, Brief.sent_at, Brief.decided_at, Brief.client_id, Brief.project_id,
            BriefPart.value,
        ).outerjoin(BriefPart, title)
        .where(Brief.project_id == bindparam("project"), Brief.type == "client", Brief.state.in_(queries.SHOWN))
        .order_by(Brief.n.desc())
    )  # fmt: skip
