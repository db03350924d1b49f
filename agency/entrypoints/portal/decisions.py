"""What we wait for from a client: decisions with sum, reason and day, the most urgent first."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agency.entrypoints.portal import queries
from agency.entrypoints.portal.shown import Shown
from agency.entrypoints.portal.ways import Way
from agency.flow.smetas import queries as smetas
from agency.kit import clock
from agency.kit.words import _, day, money, ngettext, percent

FAR = date.max


@dataclass(frozen=True)
class Decision:
    """One thing to decide; `until` is the day the plan counts on."""

    kind: str
    title: str
    url: str
    yes: str
    no: str
    until: date | None
    by: str
    figure: str = ""
    about: str = ""
    changes: tuple[str, ...] = ()
    parts: tuple[dict[str, Any], ...] = ()
    paper: Any = field(default=None)


def waiting(shown: Shown, way: Way) -> list[Decision]:
    """Everything that waits for the client's word, the nearest day first."""
    found = [_brief(shown, row, way) for row in shown.briefs if row.state == "sent"]
    found += [_smeta(shown, row, way) for row in shown.smetas if row.state == "sent"]
    found += [_task(shown, task, way) for task in shown.tasks if task.waits]
    return sorted(found, key=lambda one: one.until or FAR)


def _brief(shown: Shown, row: Any, way: Way) -> Decision:
    stage = shown.project.current_stage
    until = stage.forecast_on if stage and stage.forecast_on >= clock.today() else None
    reason = _("Needed by %(day)s, so that the stage “%(stage)s” ends in time", day=day(until), stage=stage.name) if (
        stage and until) else _since(row.sent_at)
    return Decision(
        "brief", _("Approve the brief “%(title)s”", title=row.title or shown.project.name),
        way.to("brief", shown.project.id, row.id), _("Read and approve"), _("Something is not right"), until, reason,
        about=_("It says how we understood your task: everything after it is counted and made by this page."),
        paper=shown.paper_of(row),
    )


def _smeta(shown: Shown, row: Any, way: Way) -> Decision:
    # The face and its comparison read every line and mark.
    smetas.read_lines(row)
    face = smetas.client_face(row)
    reason = _("The prices hold until %(day)s", day=day(row.valid_until)) if row.valid_until else _since(row.sent_at)
    return Decision(
        "smeta", _("Approve the estimate “%(title)s”", title=row.title or shown.project.name),
        way.to("smeta", shown.project.id, row.id), _("Look and approve"), _("I have a question or a change"),
        row.valid_until, reason, figure=money(row.gross, row.currency), about=in_a_sentence(face),
        changes=tuple(face["changes"][:3]), parts=parts(face), paper=shown.paper_of(row),
    )


def counts(client_ids: Collection[int], projects: Iterable[Any]) -> Counter[int]:
    """How many decisions wait in each project."""
    return queries.waiting(client_ids, [project.id for project in projects])


def in_a_sentence(face: dict[str, Any]) -> str:
    """Works, departments, VAT and discount in one line."""
    works = sum(len(section["rows"]) for section in face["sections"])
    said = [ngettext("%(num)s work", "%(num)s works", works)]
    said.append(ngettext("%(num)s department", "%(num)s departments", len(face["sections"])))
    rates = [tax["rate"] for tax in face["taxes"] if tax["rate"]]
    if rates:
        said.append(_("VAT %(rate)s is in the sum", rate=percent(rates[0])))
    if face["discount"]:
        said.append(_("your discount %(rate)s is in the sum", rate=percent(face["discount_percent"])))
    return ", ".join(said) + "."


def parts(face: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The sum by departments, with the place of each in a line of a thousand."""
    whole = sum(section["subtotal"] for section in face["sections"]) or 1
    found, at = [], 0
    for section in face["sections"]:
        wide = max(1, round(1000 * section["subtotal"] / whole))
        found.append({"code": section["department"], "sum": section["subtotal"], "at": at, "wide": max(1, wide - 4)})
        at += wide
    return tuple(found)


def _task(shown: Shown, task: Any, way: Way) -> Decision:
    until = task.due_on if task.due_on and task.due_on >= clock.today() else None
    reason = _("Needed by %(day)s, so that the dates hold", day=day(until)) if until else _since(task.shown_at)
    return Decision(
        "task", _("Look at “%(title)s” and accept it", title=task.title), way.to("task", shown.project.id, task.id),
        _("Look and accept"), _("Ask for changes"), until, reason,
        about=_("Version %(n)s, round %(round)s of %(rounds)s included.", n=task.version, round=task.round,
                rounds=max(task.rounds, task.round)),
    )


def _since(at: Any) -> str:
    return _("Waits for your answer since %(day)s", day=day(at))
