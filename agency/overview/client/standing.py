"""How clients stand: what each one waits for and owes, for a whole page of them in one question."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Date,
    Integer,
    String,
    Text,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import GOING, Project
from agency.flow.reports import lights
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import Among, Instant, ask, prepared
from agency.kit.db.among import Values
from agency.kit.words import money0

# Lights of reports that are kept: the last ones of some dozens of lists.
KEPT = 2_048


class Debt(NamedTuple):
    """What is overdue in one currency, in minor units, and since which day."""

    sum: int
    since: date


@dataclass
class Standing:
    """What is known of a client now; `decisions_since` is when the oldest open decision went out."""

    projects: int = 0
    decisions: int = 0
    decisions_since: datetime | None = None
    promises: int = 0
    promises_since: date | None = None
    requests: int = 0
    late_work: int = 0
    debts: dict[str, Debt] = field(default_factory=dict)
    reports: list[tuple[int, str]] = field(default_factory=list)

    @property
    def owes(self) -> str:
        """What is overdue, in words."""
        return ", ".join(money0(debt.sum, code) for code, debt in self.debts.items())

    @property
    def owes_since(self) -> date | None:
        """Since when the oldest of it is overdue."""
        return min((debt.since for debt in self.debts.values()), default=None)

    @property
    def tone(self) -> str:
        """The darkest light of the last reports of going projects, green when there are none."""
        return lights.worst([tone for _id, tone in self.reports])


def of(client_ids: Collection[int], today: date) -> dict[int, Standing]:
    """The standing of each of these clients, one question however many projects they have."""
    found = {id_: Standing() for id_ in client_ids}
    if not found:
        return found
    for client_id, kind, n, at, on, amount, more in ask(_question(), clients=Values(found), today=today):
        _add(found[client_id], kind, int(n or 0), at, on, int(amount or 0), more)
    return found


@prepared
def _question() -> Any:
    return union_all(*_waiting(), _overdue(), _reported())


CLIENTS, TODAY = Among("clients"), bindparam("today", type_=Date())


def _row(
    client_id: Any, kind: str, n: Any, at: Any = None, on: Any = None, amount: Any = None, more: Any = None,
) -> Any:
    return select(
        client_id.label("client_id"), literal(kind).label("kind"), cast(n, Integer).label("n"),
        (cast(null(), Instant) if at is None else at).label("at"),
        (cast(null(), Date) if on is None else on).label("on"),
        (cast(null(), BigInteger) if amount is None else cast(amount, BigInteger)).label("amount"),
        (cast(null(), String) if more is None else cast(more, Text)).label("more"),
    )


def _waiting() -> list[Any]:
    def of(model: Any, kind: str, *which: Any, at: Any = None, on: Any = None) -> Any:
        rows = _row(model.client_id, kind, func.count(), at, on)
        return rows.where(model.client_id.in_(CLIENTS), *which).group_by(model.client_id)

    shown = Task.is_public & (Task.state == "client_review")
    late = Task.state.in_(("open", "taken", "in_progress", "in_review", "blocked")) & (Task.due_on < TODAY)
    return [
        of(Project, "projects", Project.state.in_(GOING)),
        of(Brief, "decision", Brief.state == "sent", Brief.department.is_(None), at=func.min(Brief.sent_at)),
        of(Smeta, "decision", Smeta.state == "sent", at=func.min(Smeta.sent_at)),
        of(Task, "decision", shown, at=func.min(Task.shown_at)),
        of(Promise, "promise", Promise.state == "open", Promise.due_on < TODAY, on=func.min(Promise.due_on)),
        of(Request, "request", Request.state.in_(("new", "in_review"))),
        of(Task, "late", late),
    ]


def _overdue() -> Any:
    """What should have come, by currency."""
    left, code = func.sum(PaymentRow.amount - PaymentRow.paid), PaymentRow.owed_in
    rows = _row(PaymentRow.client_id, "overdue", func.count(), None, func.min(PaymentRow.due_on), left, code)
    return rows.where(
        PaymentRow.client_id.in_(CLIENTS), code.is_not(None), PaymentRow.paid != PaymentRow.amount,
        PaymentRow.due_on < TODAY,
    ).group_by(PaymentRow.client_id, code)


def _reported() -> Any:
    """The lights of the last sent report of each going project."""
    last = (
        select(func.max(Report.id)).join(Project, Project.id == Report.project_id)
        .where(Report.client_id.in_(CLIENTS), Report.state == "sent", Project.state.in_(GOING))
        .group_by(Report.project_id)
    )
    return _row(Report.client_id, "report", Report.id, more=Report.lights).where(Report.id.in_(last))


@lru_cache(maxsize=KEPT)
def _light(lights_of_report: str) -> str:
    """The light of a report as a whole; what was sent never changes, and is looked at again with each list."""
    return lights.overall(json.loads(lights_of_report))


def _add(one: Standing, kind: str, n: int, at: datetime | None, on: date | None, amount: int, more: str) -> None:
    if kind == "projects":
        one.projects = n
    elif kind == "decision":
        one.decisions += n
        one.decisions_since = min(filter(None, (one.decisions_since, at)), default=None)
    elif kind == "promise":
        one.promises, one.promises_since = n, on
    elif kind == "request":
        one.requests = n
    elif kind == "late":
        one.late_work = n
    elif kind == "report":
        one.reports.append((n, _light(more)))
    elif on is not None:
        one.debts[more] = Debt(amount, on)
