"""What the client owes us: versions to accept, briefs and estimates to decide on, answers and payments."""

from collections.abc import Iterable, Iterator
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


def asks(
    project: Project, tasks: Iterable[Task], papers: Iterable[Smeta], agreed: Iterable[Smeta], on: date,
    calendar: WorkingCalendar,
) -> Iterator[Asked]:
    """Everything we wait for from the client on a day."""
    who = listed([contact.person.name for contact in clients.approvers(project.client_id)])
    slips = _slips(project)

    def ask(key: str, text: str, by: date, slipping: str = slips) -> Asked:
        return Asked(key, text, by, who=who, slips=slipping, late=late(by, on, calendar))

    for brief in briefs.awaiting_client([project.id]):
        due = calendar.add_working_days(clock.local(brief.sent_at or clock.now()).date(), ANSWER)
        yield ask(f"brief:{brief.id}", _("Approve brief %(number)s or return it with remarks", number=brief.number), due)
    for smeta in papers:
        if smeta.state == "sent":
            said = _("Decide on estimate %(number)s, %(sum)s", number=smeta.number, sum=money(smeta.gross, smeta.currency))
            yield ask(f"smeta:{smeta.id}", said, smeta.valid_until or on)
    for task in tasks:
        if task.is_public and (said := _of_task(task)):
            yield ask(f"task:{task.id}", said, _answer_by(task, on, calendar))
    for smeta in agreed:
        yield from _payments(smeta, on)


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
