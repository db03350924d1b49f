"""Jobs of requests: answer that it has come, mail a question or a no."""

from agency.entrypoints.portal import links
from agency.flow.requests import emails, queries
from agency.flow.requests.models import Request
from agency.kit import clock, mail
from agency.kit.queue import SYSTEM, job


@job("mail")
def acknowledge(request_id: int) -> None:
    """Tell whoever asked from outside that it has come, and by when somebody answers."""
    request = queries.get(request_id)
    if request is None or request.acknowledged_at is not None or not _address(request):
        return
    watchers = queries.watchers(request)
    mail.post(emails.received(request, watchers[0] if len(watchers) == 1 else None), about=request, by=SYSTEM)
    request.acknowledged_at = clock.now()


@job("mail")
def mail_question(request_id: int) -> None:
    """Mail our newest question with a link to answer by, made out to the contact alone."""
    request = queries.get(request_id)
    message = queries.last_of_ours(request_id)
    if request is None or message is None or message.mailed_at or request.state != "waiting_client":
        return
    if request.contact is None or not request.contact.email:
        return
    address = links.mint(
        request.contact, None, ("view", "answer"), to=f"/portal/requests/{request.id}", request=request, by=SYSTEM,
    )
    letter = links.closed(emails.question(request, address, message.words, message.person), address)
    mail.post(letter, about=request, by=SYSTEM)
    message.mailed_at = clock.now()


@job("mail")
def mail_no(request_id: int) -> None:
    """Mail the words of a decline, if there are any."""
    request = queries.get(request_id)
    message = queries.last_of_ours(request_id)
    if request is None or message is None or message.mailed_at or request.state != "declined" or not _address(request):
        return
    mail.post(emails.declined(request, message.words, message.person), about=request, by=SYSTEM)
    message.mailed_at = clock.now()


def _address(request: Request) -> str:
    known = request.contact.email if request.contact else None
    return known or request.email
