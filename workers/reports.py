"""Jobs of reports: draft those that are due, say what is late, remind the client, mail what was sent."""

from datetime import date

from agency.attached.documents import queries as documents
from agency.entrypoints.portal import links
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.reports import awaited, emails, nudging, operations, queries
from agency.flow.reports.models import Report
from agency.kit import clock, mail
from agency.kit.db import db
from agency.kit.queue import SYSTEM, Later, ask, job
from agency.people.accounts import queries as persons
from agency.people.agency import queries as agencies
from agency.people.clients import queries as clients

AGAIN = 2
ALL = 10_000


@job("quick")
def draft_due() -> None:
    """Ask for a draft of each report that is due today; a day off drafts none."""
    today = clock.today()
    if agencies.calendar().is_working(today):
        for project_id in awaited.due(today):
            ask("reports.draft", project_id, today.isoformat(), key=f"{project_id} {today.isoformat()}")


@job("quick")
def draft(project_id: int, day: str) -> None:
    """Draft one report, unless somebody has begun, discarded or sent one for this day."""
    project = projects.get(project_id)
    today = clock.today()
    if project is not None and today.isoformat() == day and project_id in awaited.due(today):
        operations.begin(project, today, by=SYSTEM)


@job("quick")
def watch_due() -> None:
    """In the afternoon: ask for a word about each report that is due today and has not gone out."""
    _watch(is_late=False)


@job("quick")
def watch_late() -> None:
    """In the morning: ask for a word about each report that is late, to those above the manager too."""
    _watch(is_late=True)


def _watch(*, is_late: bool) -> None:
    today = clock.today()
    if not agencies.calendar().is_working(today):
        return
    for one in awaited.shown(awaited.waiting(today), ALL):
        if (one.due_on < today) is is_late:
            key = f"{one.project.id} {one.due_on.isoformat()} {'late' if is_late else 'due'}"
            ask("reports.nudge", one.project.id, one.due_on.isoformat(), key=key)


@job("quick")
def nudge(project_id: int, due: str) -> None:
    """Say that a report is due or late, unless it went out meanwhile."""
    project, today = projects.get(project_id), clock.today()
    if project is not None and db.session.execute(awaited.waiting(today, Project.id == project_id)).first():
        nudging.nudge(project, date.fromisoformat(due), by=SYSTEM)


@job("quick")
def remind_due() -> None:
    """Ask, in each going project, for a word to the client about decisions whose day is near or gone."""
    today = clock.today()
    if agencies.calendar().is_working(today):
        for project_id in nudging.owed_somewhere():
            ask("reports.remind", project_id, key=f"{project_id} {today.isoformat()}")


@job("quick")
def remind(project_id: int) -> None:
    """Remind the client of what one project waits for."""
    project = projects.get(project_id)
    if project is not None and project.state in ("planned", "active"):
        nudging.remind(project, by=SYSTEM)


@job("mail")
def mail_out(report_id: int) -> None:
    """Mail a sent report to its readers once its PDF is drawn; nobody gets it twice."""
    report = queries.locked(report_id)
    if report is None or report.state != "sent":
        return
    paper = documents.latest(report, "report", "client")
    if paper is None or paper.state == "failed":
        return  # The report's page says what to mend; the paper, once drawn, calls this again.
    if not paper.is_ready:
        raise Later(AGAIN)
    posted = {row.to_address.casefold() for row in mail.of(report)}
    for reader in report.recipients:
        if reader["email"].casefold() not in posted:
            url = _link(report, reader["person_id"])
            letter = emails.status(report, reader["name"], reader["email"], url, paper)
            mail.post(links.closed(letter, url), about=report, by=SYSTEM)


@job("quick")
def mail_drawn(document_id: int) -> None:
    """A paper that was mended and drawn is mailed, if its report waits for it."""
    document = documents.get(document_id)
    if document is None or (document.subject_kind, document.audience) != (Report.KIND, "client"):
        return
    report = queries.get(document.subject_id)
    if report is not None and report.state == "sent" and not mail.of(report):
        ask("reports.mail_out", report.id)


def _link(report: Report, person_id: int) -> str:
    person = persons.get(person_id)
    contact = clients.contact_of(report.client_id, person_id)
    actions = ("view", "answer", "decide") if contact is not None and contact.is_approver else ("view", "answer")
    to = f"/portal/projects/{report.project_id}/reports/{report.id}"
    return links.mint(person, report.project, actions, to=to, by=SYSTEM)
