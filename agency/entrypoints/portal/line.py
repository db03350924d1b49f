"""The line of a project as its client sees it: only what was sent and said, never the kitchen."""

from collections.abc import Iterable
from typing import Any

from agency.entrypoints.portal.shown import Shown
from agency.entrypoints.portal.ways import Way
from agency.flow import STAGES
from agency.flow.projects.models import CADENCES, Project
from agency.kit.words import _, day_short, lazy, lazy_in

DONE, NOW, WAIT, AHEAD = "done", "now", "wait", "ahead"
SAID = {
    "sent": (WAIT, lazy("waits for you")), "approved": (DONE, lazy_in("paper", "agreed")),
    "returned": (NOW, lazy("being corrected")), "rejected": (NOW, lazy("being corrected")),
    "changes_requested": (NOW, lazy("being corrected")), "expired": (NOW, lazy("being renewed")),
    "superseded": (NOW, lazy("being renewed")),
}
WEEKDAYS = (
    lazy("on Mondays"), lazy("on Tuesdays"), lazy("on Wednesdays"), lazy("on Thursdays"), lazy("on Fridays"),
    lazy("on Saturdays"), lazy("on Sundays"),
)


def stations(shown: Shown, way: Way) -> list[dict[str, Any]]:
    """The six stations for the macro, each with its own page where there is one."""
    brief, smeta = next(iter(shown.briefs), None), shown.smeta
    found = {
        "request": (DONE, day_short(shown.project.created_at), ""),
        "brief": _paper(shown, brief, way) if brief else (NOW, _("being prepared"), ""),
        "smeta": _paper(shown, smeta, way) if smeta else _no_smeta(brief),
        "tasks": _tasks(shown), "reports": _reports(shown, way), "invoices": _payments(shown),
    }
    return [
        {"key": key, "label": label, "state": found[key][0], "note": found[key][1], "url": found[key][2] or None,
         "current": False}
        for key, label in STAGES
    ]


def _paper(shown: Shown, row: Any, way: Way) -> tuple[str, str, str]:
    state, words = SAID[row.state]
    note = f"{words} {day_short(row.decided_at)}" if row.state == "approved" and row.decided_at else str(words)
    return state, note, way.to(row.KIND, shown.project.id, row.id)


def _no_smeta(brief: Any) -> tuple[str, str, str]:
    agreed = brief is not None and brief.state == "approved"
    return (NOW, _("being counted"), "") if agreed else (AHEAD, "", "")


def reported(project: Project) -> str:
    """When reports of a project come, as one says it."""
    if project.report_cadence == "weekly":
        return str(WEEKDAYS[project.report_weekday])
    return str(CADENCES[project.report_cadence])


def now(stations: Iterable[dict[str, Any]]) -> str:
    """Where the line stands, in a sentence for narrow pages."""
    here = next((one for one in stations if one["state"] in (NOW, WAIT)), None)
    if here is None:
        return ""
    return _("Now: %(what)s", what=", ".join(filter(None, (str(here["label"]), str(here["note"])))))


def _tasks(shown: Shown) -> tuple[str, str, str]:
    done, everything = sum(task.state == "done" for task in shown.tasks), len(shown.tasks)
    if not everything:
        return (NOW, _("being planned"), "") if shown.smeta and shown.smeta.state == "approved" else (AHEAD, "", "")
    waits = any(task.waits for task in shown.tasks)
    state = DONE if done == everything else WAIT if waits else NOW
    return state, _("%(done)s of %(all)s done", done=done, all=everything), "#next"


def _reports(shown: Shown, way: Way) -> tuple[str, str, str]:
    note = reported(shown.project)
    if not shown.reports:
        return AHEAD, note, ""
    over = shown.project.state in ("closing", "closed")
    return DONE if over else AHEAD, note, way.to("report", shown.project.id, shown.reports[0].id)


def _payments(shown: Shown) -> tuple[str, str, str]:
    rows = shown.payments
    if not rows:
        return AHEAD, "", ""
    paid = sum(row["state"] == "paid" for row in rows)
    return DONE if paid == len(rows) else AHEAD, _("%(paid)s of %(all)s paid", paid=paid, all=len(rows)), "#payments"


def tracks(shown: Shown) -> dict[str, int]:
    """How far each department is, in percent of its public tasks."""
    found: dict[str, list[bool]] = {}
    for task in shown.tasks:
        found.setdefault(task.department, []).append(task.state == "done")
    return {code: round(100 * sum(done) / len(done)) for code, done in found.items() if code != "account"}
