"""Jobs of briefs: mail the client a link, and ring the bell of whoever has to act."""

from agency.attached.notices import operations as notices
from agency.entrypoints.portal import links
from agency.flow.briefs import emails, queries
from agency.kit import journal, mail
from agency.kit.db import db
from agency.kit.queue import SYSTEM, job
from agency.people.accounts import queries as persons
from agency.people.departments.models import Department

DAYS = 30
NEWS = ("brief.approved", "brief.returned", "brief.accepted", "brief.handed_back")


@job("mail")
def mail_client(brief_id: int) -> None:
    """Mail a sent brief to its approver and its contact, each by a link of their own that needs no account."""
    brief = queries.get(brief_id)
    if brief is None or brief.state != "sent":
        return
    told = {row.to_address for row in mail.of(brief)}
    for person, decides in queries.readers(brief):
        if not person.email or person.email in told:
            continue
        actions = ("view", "answer", "decide") if decides else ("view", "answer")
        page = f"/portal/projects/{brief.project_id}/briefs/{brief.id}"
        url = links.mint(person, brief.project, actions, DAYS, to=page, by=SYSTEM)
        mail.post(emails.sent(brief, person, url, decides), about=brief, by=SYSTEM)


@job("quick")
def tell_manager(brief_id: int) -> None:
    """Ring the bell of the manager: the client or a head has answered."""
    brief = queries.get(brief_id)
    fact = next((row for row in journal.about(brief) if row.verb in NEWS), None) if brief else None
    if brief is not None and fact is not None:
        notices.tell({brief.project.manager_id, brief.author_id}, fact)


@job("quick")
def tell_head(brief_id: int) -> None:
    """Ring the bell of the head whose department has been given a brief."""
    brief = queries.get(brief_id)
    if brief is None or brief.department is None or brief.state != "issued":
        return
    department = db.session.get(Department, brief.department)
    heads = {person.id for person in persons.with_role("head", brief.department)}
    if department is not None and department.head_id is not None:
        heads.add(department.head_id)
    fact = next((row for row in journal.about(brief) if row.verb == "brief.issued"), None)
    if fact is not None:
        notices.tell(heads, fact)
