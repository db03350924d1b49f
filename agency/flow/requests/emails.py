"""Letters about a request: it has come, we have a question, we cannot take it."""

from dataclasses import replace
from typing import Any

from flask import current_app

from agency.flow.requests.models import Request
from agency.kit.mail import Letter
from agency.kit.words import _, using
from agency.people.accounts.models import Person
from agency.people.agency import queries as agencies


def received(request: Request, manager: Person | None) -> Letter:
    """We have it, and somebody answers by then."""
    with using(request.language):
        subject = _("We have your request %(number)s", number=request.number)
        # Anybody may type anybody's address: words and names of strangers go to nobody under our name.
        told_back = request.source != "public"
        letter = _letter("received", request, subject, manager, told_back=told_back)
        return letter if told_back else replace(letter, to=[("", address) for _name, address in letter.to])


def question(request: Request, link_url: str, words: str, manager: Person | None) -> Letter:
    """One question, answered on a page that needs no account."""
    with using(request.language):
        subject = _("A question about your request %(number)s", number=request.number)
        return _letter("question", request, subject, manager, link_url=link_url, words=words)


def declined(request: Request, words: str, manager: Person | None) -> Letter:
    """A kind no, in the manager's words."""
    with using(request.language):
        subject = _("About your request %(number)s", number=request.number)
        return _letter("declined", request, subject, manager, words=words)


def kind_no(request: Request) -> str:
    """The words a decline begins with, in the client's language; the manager changes them."""
    with using(request.language):
        if request.contact_name:
            return _(
                "%(name)s, thank you for turning to us. We have read your request with care and will not take it: "
                "we could not do it as well as you deserve. If plans change, write to us again.",
                name=request.contact_name,
            )
        return _(
            "Thank you for turning to us. We have read your request with care and will not take it: "
            "we could not do it as well as you deserve. If plans change, write to us again.",
        )


def _letter(name: str, request: Request, subject: str, manager: Person | None, **context: Any) -> Letter:
    entity = agencies.default_entity()
    frame = {
        "agency_name": entity.brand if entity else "Agency", "agency_line": entity.name if entity else "",
        "manager": manager, "asked": request, "subject": subject, **context,
    }
    address = request.contact.email if request.contact and request.contact.email else request.email
    template = current_app.jinja_env.get_template
    return Letter(
        to=[(request.contact_name or (request.contact.name if request.contact else ""), address)], subject=subject,
        text=template(f"requests/{name}.email.txt").render(frame),
        html=template(f"requests/{name}.email.html").render(frame),
        reply_to=(manager.name, manager.email) if manager and manager.email else None, language=request.language,
    )
