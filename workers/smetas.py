"""Jobs of smetas: the letter with the link, the letter that keeps a yes, the end of validity."""

from datetime import timedelta

from agency.attached.documents import queries as papers
from agency.attached.documents.models import Document
from agency.entrypoints.portal import links
from agency.flow.smetas import emails, operations, queries
from agency.flow.smetas.models import Smeta
from agency.kit import clock, mail
from agency.kit.queue import SYSTEM, Later, job
from agency.people.clients import queries as clients

PATIENCE = timedelta(minutes=2)


@job("mail")
def invite(smeta_id: int) -> None:
    """Mail every approver a link of one's own, with the PDF once it is drawn or after two minutes without it."""
    smeta = queries.get_whole(smeta_id)
    if smeta is None or smeta.state != "sent" or mail.of(smeta):
        return
    paper = _paper(smeta)
    days = max(1, (smeta.valid_until - clock.today()).days + 1) if smeta.valid_until else links.DAYS
    for contact in clients.approvers(smeta.client_id):
        if not contact.person.email:
            continue
        url = links.mint(
            contact.person, smeta.project, ("view", "answer", "decide"), max(days, links.DAYS),
            to=f"/portal/projects/{smeta.project_id}/smetas/{smeta.id}", by=SYSTEM,
        )
        letter = links.closed(emails.sent(smeta, contact.person, url, paper), url)
        mail.post(letter, about=smeta, by=smeta.sent_by or SYSTEM)


@job("mail")
def confirm(smeta_id: int) -> None:
    """Mail the approver what was approved."""
    smeta = queries.get_whole(smeta_id)
    if smeta is None or smeta.state != "approved" or smeta.decided_by is None or not smeta.decided_by.email:
        return
    if smeta.decided_at is not None and any(row.queued_at >= smeta.decided_at for row in mail.of(smeta)):
        return
    letter = emails.approved(smeta, smeta.decided_by, papers.latest_ready(smeta, "smeta", "client"))
    mail.post(letter, about=smeta, by=SYSTEM)


@job("quick")
def expire() -> None:
    """End every sent version whose last day is over."""
    for smeta in queries.outlived():
        operations.expire(smeta, by=SYSTEM)


def _paper(smeta: Smeta) -> Document | None:
    """The PDF to attach; raises Later while it is being drawn."""
    paper = papers.latest(smeta, "smeta", "client")
    if paper is None or paper.is_ready:
        return paper
    if paper.state != "failed" and clock.now() - (smeta.sent_at or clock.now()) < PATIENCE:
        raise Later(2)
    return None
