"""What the client owes us: versions to accept, briefs and estimates to decide on, answers and payments."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agency.flow.briefs import queries as briefs
from agency.flow.projects.models import Project
from agency.flow.reports.material import Asked
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.words import _, listed, money
from agency.people.agency.calendars import WorkingCalendar
from agency.people.clients import queries as clients

# Working days within which we ask for an answer when no day was agreed.
ANSWER = 3
PAY_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Day:
    """The day of a report, by the calendar that lateness is counted in."""

    on: date
    calendar: WorkingCalendar


def asks(
    project: Project, tasks: Iterable[Task], papers: Iterable[Smeta], agreed: Iterable[Smeta], day: Day
) -> Iterator[Asked]:
    """Everything we wait for from the client on a day."""
    who = listed([contact.person.name for contact in clients.approvers(project.client_id)])
    agreed = list(agreed)
    for key, text, by in (*_of_briefs(project, day), *_of_tasks(tasks, day)):
        yield Asked(key, text, by, who=who, slips=_slips(project), late=late(by, day.on, day.calendar))
    for smeta, text, by in _of_smetas(papers, day):
        slips = above(project, [*agreed, smeta]) if smeta.kind == "additional" else ""
        waits = late(by, day.on, day.calendar)
        yield Asked(f"smeta:{smeta.id}", text, by, who=who, slips=slips or _slips(project), late=waits)
    for smeta in agreed:
        yield from _payments(smeta, day.on)


def _of_briefs(project: Project, day: Day) -> Iterator[tuple[str, str, date]]:
    for brief in briefs.awaiting_client([project.id]):
        due = day.calendar.add_working_days(clock.local(brief.sent_at or clock.now()).date(), ANSWER)
        said = _("Approve brief %(number)s or return it with remarks", number=brief.number)
        yield f"brief:{brief.id}", said, due


def above(project: Project, smetas: Iterable[Smeta]) -> str:
    """What some estimates come to, when that is above the client's budget; nothing when it is within."""
    together = sum(smeta.gross if project.budget_has_vat else smeta.net for smeta in smetas)
    if not project.budget or together <= project.budget:
        return ""
    said = {"sum": money(together, project.currency), "over": money(together - project.budget, project.currency)}
    return _("with it %(sum)s, %(over)s above the budget", **said)


def _of_smetas(papers: Iterable[Smeta], day: Day) -> Iterator[tuple[Smeta, str, date]]:
    for smeta in papers:
        if smeta.state == "sent":
            whole = money(smeta.gross, smeta.currency)
            said = _("Decide on estimate %(number)s, %(sum)s", number=smeta.number, sum=whole)
            yield smeta, said, smeta.valid_until or day.on


def _of_tasks(tasks: Iterable[Task], day: Day) -> Iterator[tuple[str, str, date]]:
    for task in tasks:
        if task.is_public and (said := _of_task(task)):
            yield f"task:{task.id}", said, _answer_by(task, day.on, day.calendar)


def late(by: date, on: date, calendar: WorkingCalendar) -> int:
    """How many working days an answer is late; 0 when it is not."""
    return max(0, calendar.working_days_between(by, on))


def _of_task(task: Task) -> str:
    if task.stands_in == "client_review":
        return _("Look at “%(title)s” and answer: accept it or name what to change", title=task.title)
    if task.state == "blocked" and task.blocked_for == "client":
        return _("Give us what “%(title)s” waits for", title=task.title)
    return ""


def _answer_by(task: Task, on: date, calendar: WorkingCalendar) -> date:
    last = task.last_delivery
    if task.stands_in == "client_review" and last is not None and last.shown_at is not None:
        shown = calendar.add_working_days(clock.local(last.shown_at).date(), ANSWER)
        return max(shown, task.due_on) if task.due_on else shown
    return task.due_on or calendar.add_working_days(on, ANSWER)


def _payments(smeta: Smeta, on: date) -> Iterator[Asked]:
    for row in smeta.payments:
        left = row.amount - row.paid
        if left > 0 and row.due_on is not None and row.due_on <= on + PAY_SOON:
            said: dict[str, Any] = {"n": row.ordinal, "number": smeta.number, "sum": money(left, smeta.currency)}
            yield Asked(f"payment:{row.id}", _("Pay %(sum)s: payment %(n)s of estimate %(number)s", **said), row.due_on)


def _slips(project: Project) -> str:
    here = project.current_stage
    return _("later answers move the stage “%(name)s” day by day", name=here.name) if here else ""
