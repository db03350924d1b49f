"""Where a project stands: its papers, tasks, reports and money, read in one question."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Integer, bindparam, case, cast, func, literal, null, select, union_all

from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project
from agency.flow.reports.models import Report
from agency.flow.requests.models import Request
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import Instant, ask, prepared


@dataclass
class Progress:
    """Where a project stands, read in one question; `tasks` is department -> (done, all)."""

    request_serial: str = ""
    brief_id: int | None = None
    brief_state: str = ""
    brief_n: int = 0
    brief_at: datetime | None = None
    smeta_id: int | None = None
    smeta_state: str = ""
    smeta_n: int = 0
    smeta_at: datetime | None = None
    approved_smeta_id: int | None = None
    tasks: dict[str, tuple[int, int]] = field(default_factory=dict)
    reports_sent: int = 0
    report_id: int | None = None
    report_state: str = ""
    report_at: datetime | None = None
    payments: tuple[int, int] = (0, 0)
    agreed: int = 0
    paid: int = 0
    net: int = 0
    cost: int = 0

    @property
    def done(self) -> int:
        """Tasks that are done."""
        return sum(done for done, _all in self.tasks.values())

    @property
    def all(self) -> int:
        """Tasks that are not cancelled."""
        return sum(everything for _done, everything in self.tasks.values())


@prepared
def _rows() -> CompoundSelect[*tuple[Any, ...]]:
    never, here = cast(null(), Instant), bindparam("project")

    def row(kind: str, id_: Any, state: Any, n: Any, at: Any, more: Any) -> Any:
        return select(
            literal(kind).label("kind"), cast(id_, Integer).label("id"), state.label("state"), n.label("n"),
            at.label("at"), more.label("more"),
        )

    asked = row("request", Request.id, Request.serial, literal(0), never, literal(0)).join(
        Project, Project.request_id == Request.id).where(Project.id == here)
    brief = row("brief", Brief.id, Brief.state, Brief.n, func.coalesce(Brief.decided_at, Brief.sent_at),
                literal(0)).where(Brief.project_id == here, Brief.department.is_(None))
    smeta = row("smeta", Smeta.id, Smeta.state, Smeta.n, func.coalesce(Smeta.decided_at, Smeta.sent_at),
                literal(0)).where(Smeta.project_id == here, Smeta.kind == "base")
    report = row("report", Report.id, Report.state, func.coalesce(Report.n, 0), Report.sent_at, literal(0)).where(
        Report.project_id == here, Report.state != "discarded")
    task = row("task", literal(0), Task.department, func.sum(case((Task.state == "done", 1), else_=0)), never,
               func.count()).where(Task.project_id == here, Task.state != "cancelled").group_by(Task.department)
    return union_all(asked, brief, smeta, report, task, *_money(row, never, here))


def _money(row: Any, never: Any, here: Any) -> tuple[Any, ...]:
    approved = (Smeta.project_id == here) & (Smeta.state == "approved")
    whole = case((PaymentRow.paid == PaymentRow.amount, 1), else_=0)
    paid = row("paid", literal(0), literal(""), func.sum(whole), never, func.count()).join(
        Smeta, PaymentRow.smeta_id == Smeta.id).where(approved)
    money = row("money", literal(0), literal(""), func.sum(PaymentRow.paid), never,
                select(func.sum(Smeta.gross)).where(approved).scalar_subquery()).join(
        Smeta, PaymentRow.smeta_id == Smeta.id).where(approved)
    cost = row("cost", literal(0), literal(""), func.sum(Smeta.net), never, func.sum(Smeta.cost)).where(approved)
    return paid, money, cost


def of(project_id: int) -> Progress:
    """Where the project stands now."""
    found = Progress()
    for kind, id_, state, n, at, more in ask(_rows(), project=project_id):
        _add(found, kind, id_, state, int(n or 0), at, int(more or 0))
    return found


def _add(found: Progress, kind: str, id_: int, state: str, n: int, at: datetime | None, more: int) -> None:
    if kind == "request":
        found.request_serial = state
    elif kind == "brief" and n > found.brief_n:
        found.brief_id, found.brief_state, found.brief_n, found.brief_at = id_, state, n, at
    elif kind == "smeta":
        if n > found.smeta_n:
            found.smeta_id, found.smeta_state, found.smeta_n, found.smeta_at = id_, state, n, at
        if state == "approved":
            found.approved_smeta_id = id_
    elif kind == "report":
        found.reports_sent += state == "sent"
        if found.report_id is None or id_ > found.report_id:
            found.report_id, found.report_state, found.report_at = id_, state, at
    elif kind == "task":
        found.tasks[state] = (n, more)
    else:
        _add_money(found, kind, n, more)


def _add_money(found: Progress, kind: str, n: int, more: int) -> None:
    if kind == "paid":
        found.payments = (n, more)
    elif kind == "money":
        found.paid, found.agreed = n, more
    else:
        found.net, found.cost = n, more
