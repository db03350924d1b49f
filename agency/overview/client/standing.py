"""How clients stand: what each one waits for and owes, for a whole page of them in one question."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, Integer, String, Text, cast, func, literal, null, select, union_all

from agency.attached.promises.models import Promise
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import GOING, Project
from agency.flow.reports import lights
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import Instant, db


@dataclass
class Owed:
    """Money of one currency: what is overdue since a day, and what is still to come, in minor units."""

    overdue: int = 0
    overdue_n: int = 0
    since: date | None = None
    coming: int = 0
    next_on: date | None = None
    paid: int = 0


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
    money: dict[str, Owed] = field(default_factory=dict)
    reports: list[tuple[int, str]] = field(default_factory=list)

    @property
    def late_sums(self) -> list[tuple[str, int]]:
        """What is overdue, by currency."""
        return [(code, owed.overdue) for code, owed in self.money.items() if owed.overdue]

    @property
    def tone(self) -> str:
        """The darkest light of the last reports of going projects, green when there are none."""
        return lights.worst([tone for _id, tone in self.reports])


def of(client_ids: Collection[int], today: date) -> dict[int, Standing]:
    """The standing of each of these clients, one question however many projects they have."""
    found = {id_: Standing() for id_ in client_ids}
    if not found:
        return found
    for client_id, kind, n, at, on, amount, more in db.session.execute(union_all(*_rows(list(found), today))):
        _add(found[client_id], kind, int(n or 0), at, on, int(amount or 0), more)
    return found


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


def _rows(ids: list[int], today: date) -> list[Any]:
    return [*_waiting(ids, today), *_owed(ids, today), _reported(ids)]


def _waiting(ids: list[int], today: date) -> list[Any]:
    def of(model: Any, kind: str, *which: Any, at: Any = None, on: Any = None) -> Any:
        rows = _row(model.client_id, kind, func.count(), at, on)
        return rows.where(model.client_id.in_(ids), *which).group_by(model.client_id)

    shown = Task.is_public & (Task.state == "client_review")
    late = Task.state.in_(("open", "taken", "in_progress", "in_review", "blocked")) & (Task.due_on < today)
    return [
        of(Project, "projects", Project.state.in_(GOING)),
        of(Brief, "decision", Brief.state == "sent", Brief.department.is_(None), at=func.min(Brief.sent_at)),
        of(Smeta, "decision", Smeta.state == "sent", at=func.min(Smeta.sent_at)),
        of(Task, "decision", shown, at=func.min(Task.shown_at)),
        of(Promise, "promise", Promise.state == "open", Promise.due_on < today, on=func.min(Promise.due_on)),
        of(Request, "request", Request.state.in_(("new", "in_review"))),
        of(Task, "late", late),
    ]


def _owed(ids: list[int], today: date) -> list[Any]:
    def of(kind: str, amount: Any, *which: Any) -> Any:
        rows = _row(Smeta.client_id, kind, func.count(), None, func.min(PaymentRow.due_on), amount, Smeta.currency)
        rows = rows.join(PaymentRow, PaymentRow.smeta_id == Smeta.id).where(
            Smeta.client_id.in_(ids), Smeta.state == "approved", *which,
        )
        return rows.group_by(Smeta.client_id, Smeta.currency)

    left, is_open = func.sum(PaymentRow.amount - PaymentRow.paid), PaymentRow.paid < PaymentRow.amount
    is_late = is_open & (PaymentRow.due_on < today)
    return [
        of("overdue", left, is_late),
        of("coming", left, is_open, PaymentRow.due_on.is_(None) | (PaymentRow.due_on >= today)),
        of("paid", func.sum(PaymentRow.paid), PaymentRow.paid > 0),
    ]


def _reported(ids: list[int]) -> Any:
    """The lights of the last sent report of each going project."""
    last = (
        select(func.max(Report.id)).join(Project, Project.id == Report.project_id)
        .where(Report.client_id.in_(ids), Report.state == "sent", Project.state.in_(GOING)).group_by(Report.project_id)
    )
    return _row(Report.client_id, "report", Report.id, more=Report.lights).where(Report.id.in_(last))


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
        one.reports.append((n, lights.overall(json.loads(more))))
    else:
        _add_money(one.money.setdefault(more, Owed()), kind, n, on, amount)


def _add_money(owed: Owed, kind: str, n: int, on: date | None, amount: int) -> None:
    if kind == "overdue":
        owed.overdue, owed.overdue_n, owed.since = amount, n, on
    elif kind == "coming":
        owed.coming, owed.next_on = amount, on
    else:
        owed.paid = amount
