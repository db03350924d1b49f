"""Jobs of briefs: mail the client a link."""

from agency.entrypoints.portal import links
from agency.flow.briefs import emails, queries
from agency.kit import mail
from agency.kit.queue import SYSTEM, job

DAYS = 30


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
        mail.post(links.closed(emails.sent(brief, person, url, decides), url), about=brief, by=SYSTEM)
