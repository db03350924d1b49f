"""The line of a project: six stations, what stands at each, and the tracks of the departments."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Integer, case, cast, func, literal, null, select, union_all

from agency.flow import STAGES
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project
from agency.flow.reports.models import Report
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import Instant, db
from agency.kit.policy import may
from agency.kit.words import _, day_short, lazy, mark, ngettext

SAID = {
    "draft": lazy("draft"), "sent": lazy("with the client"), "approved": lazy("approved"),
    "returned": lazy("returned with words"), "withdrawn": lazy("withdrawn"), "superseded": lazy("replaced"),
    "internal_review": lazy("checked inside"), "ready": lazy("ready to send"), "rejected": lazy("declined"),
    "changes_requested": lazy("changes wanted"), "expired": lazy("expired"),
}
DONE, NOW, WAIT, AHEAD = "done", "now", "wait", "ahead"


@dataclass
class Progress:
    """Where a project stands, read in one question; `tasks` is department -> (done, all)."""

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


def _rows(project_id: int) -> Any:
    never = cast(null(), Instant)

    def row(kind: str, id_: Any, state: Any, n: Any, at: Any, more: Any) -> Any:
        return select(
            literal(kind).label("kind"), cast(id_, Integer).label("id"), state.label("state"), n.label("n"),
            at.label("at"), more.label("more"),
        )

    brief = row("brief", Brief.id, Brief.state, Brief.n, func.coalesce(Brief.decided_at, Brief.sent_at),
                literal(0)).where(Brief.project_id == project_id, Brief.department.is_(None))
    smeta = row("smeta", Smeta.id, Smeta.state, Smeta.n, func.coalesce(Smeta.decided_at, Smeta.sent_at),
                literal(0)).where(Smeta.project_id == project_id, Smeta.kind == "base")
    report = row("report", Report.id, Report.state, func.coalesce(Report.n, 0), Report.sent_at, literal(0)).where(
        Report.project_id == project_id, Report.state != "discarded")
    task = row("task", literal(0), Task.department, func.sum(case((Task.state == "done", 1), else_=0)), never,
               func.count()).where(Task.project_id == project_id, Task.state != "cancelled").group_by(Task.department)
    whole = case((PaymentRow.paid == PaymentRow.amount, 1), else_=0)
    paid = row("paid", literal(0), literal(""), func.sum(whole), never, func.count()).join(
        Smeta, PaymentRow.smeta_id == Smeta.id).where(
        Smeta.project_id == project_id, Smeta.state == "approved")
    approved = (Smeta.project_id == project_id) & (Smeta.state == "approved")
    money = row("money", literal(0), literal(""), func.sum(PaymentRow.paid), never,
                select(func.sum(Smeta.gross)).where(approved).scalar_subquery()).join(
        Smeta, PaymentRow.smeta_id == Smeta.id).where(approved)
    cost = row("cost", literal(0), literal(""), func.sum(Smeta.net), never, func.sum(Smeta.cost)).where(approved)
    return union_all(brief, smeta, report, task, paid, money, cost)


def progress_of(project_id: int) -> Progress:
    """Where the project stands now."""
    found = Progress()
    for kind, id_, state, n, at, more in db.session.execute(_rows(project_id)):
        _add(found, kind, id_, state, int(n or 0), at, int(more or 0))
    return found


def _add(found: Progress, kind: str, id_: int, state: str, n: int, at: datetime | None, more: int) -> None:
    if kind == "brief" and n > found.brief_n:
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


def stations(project: Project, found: Progress, viewer: Any, current: str = "") -> list[dict[str, Any]]:
    """The six stations as the macro draws them, linked where the viewer may go; `current` is this page's."""
    states = _states(found)
    notes = _notes(project, found)
    addresses = _addresses(project, found, viewer)
    return [
        {"key": key, "label": label, "note": notes[key], "url": addresses.get(key), "state": states[key],
         "current": key == current}
        for key, label in STAGES
    ]


def _states(found: Progress) -> dict[str, str]:
    states = {"request": DONE, "brief": _of_paper(found.brief_state), "smeta": _of_paper(found.smeta_state)}
    states["tasks"] = DONE if found.all and found.done == found.all else NOW if found.all else AHEAD
    states["reports"] = DONE if states["tasks"] == DONE and found.reports_sent else AHEAD
    paid, rows = found.payments
    states["invoices"] = DONE if rows and paid == rows else AHEAD
    if states["brief"] == AHEAD:
        states["brief"] = NOW
    elif states["brief"] == DONE and states["smeta"] == AHEAD:
        states["smeta"] = NOW
    elif found.approved_smeta_id:
        states["smeta"] = DONE
        states["tasks"] = NOW if states["tasks"] == AHEAD else states["tasks"]
    return states


def _of_paper(state: str) -> str:
    if not state:
        return AHEAD
    return {"approved": DONE, "sent": WAIT}.get(state, NOW)


def _notes(project: Project, found: Progress) -> dict[str, str]:
    number = project.request.number if getattr(project, "request", None) else ""
    paid, rows = found.payments
    return {
        "request": ", ".join(filter(None, (day_short(project.created_at), number))),
        "brief": _paper("brief", found.brief_n, found.brief_state, found.brief_at),
        "smeta": _paper("smeta", found.smeta_n, found.smeta_state, found.smeta_at),
        "tasks": _("%(done)s of %(all)s done", done=found.done, all=found.all) if found.all else "",
        "reports": ngettext("%(num)s sent", "%(num)s sent", found.reports_sent) if found.reports_sent else "",
        "invoices": _("%(paid)s of %(all)s paid", paid=paid, all=rows) if rows else "",
    }


def _paper(kind: str, n: int, state: str, at: datetime | None) -> str:
    if not n:
        return ""
    said = str(SAID.get(state, state))
    return f"{mark(n, kind=kind)}, {said} {day_short(at)}" if at else f"{mark(n, kind=kind)}, {said}"


def _addresses(project: Project, found: Progress, viewer: Any) -> dict[str, str]:
    plans = may(viewer, "task.plan", project)
    work = ("tasks.plan", {"id": project.id}) if plans else ("board.show", {})
    wanted: dict[str, tuple[str, dict[str, Any], str, bool]] = {
        "request": ("requests.show", {"id": project.request_id}, "request.view", bool(project.request_id)),
        "brief": ("briefs.show", {"id": found.brief_id}, "brief.view", bool(found.brief_id)),
        "smeta": ("smetas.show", {"id": found.approved_smeta_id or found.smeta_id}, "smeta.view", bool(found.smeta_id)),
        "tasks": (*work, "task.plan" if plans else "board.view", bool(found.all)),
        "reports": ("reports.show", {"id": found.report_id}, "report.view", bool(found.report_id)),
        "invoices": ("payments.show", {"project_id": project.id}, "payment.view", bool(found.payments[1])),
    }
    return {
        key: url_for(endpoint, **args) for key, (endpoint, args, right, there) in wanted.items()
        if there and may(viewer, right, project)
    }


def tracks(found: Progress) -> dict[str, int]:
    """How far each department is, in percent of its tasks; empty before there are any."""
    return {
        code: round(100 * done / everything) for code, (done, everything) in found.tasks.items()
        if everything and code != "account"
    }
