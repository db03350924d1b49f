"""The line of a project: six stations, what stands at each, and the tracks of the departments."""

from datetime import datetime
from typing import Any

from flask import url_for

from agency.flow import STAGES
from agency.flow.projects.models import Project
from agency.flow.requests.models import NUMBER
from agency.kit.policy import may
from agency.kit.words import _, day_short, lazy, mark, ngettext
from agency.overview.project.progress import Progress

SAID = {
    "draft": lazy("draft"), "sent": lazy("with the client"), "approved": lazy("approved"),
    "returned": lazy("returned with words"), "withdrawn": lazy("withdrawn"), "superseded": lazy("replaced"),
    "internal_review": lazy("checked inside"), "ready": lazy("ready to send"), "rejected": lazy("declined"),
    "changes_requested": lazy("changes wanted"), "expired": lazy("expired"),
}
DONE, NOW, WAIT, AHEAD = "done", "now", "wait", "ahead"


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
    paid, rows = found.payments
    return {
        "request": ", ".join(filter(None, (day_short(project.created_at), _number(found.request_serial)))),
        "brief": _paper("brief", found.brief_n, found.brief_state, found.brief_at),
        "smeta": _paper("smeta", found.smeta_n, found.smeta_state, found.smeta_at),
        "tasks": _("%(done)s of %(all)s done", done=found.done, all=found.all) if found.all else "",
        "reports": ngettext("%(num)s sent", "%(num)s sent", found.reports_sent) if found.reports_sent else "",
        "invoices": _("%(paid)s of %(all)s paid", paid=paid, all=rows) if rows else "",
    }


def _number(serial: str) -> str:
    return str(NUMBER % {"serial": serial}) if serial else ""


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
