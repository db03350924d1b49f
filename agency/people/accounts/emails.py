"""The letter that invites a colleague."""

from typing import Any

from flask import current_app

from agency.kit.mail import Letter
from agency.kit.words import _, using
from agency.people.accounts.models import Person


def invitation(person: Person, url: str, token: str, *, agency: str, inviter: str) -> Letter:
    """To the colleague: the link by which a password is chosen, once."""
    with using(person.language):
        subject = _("You are invited to %(agency)s", agency=agency)
        frame: dict[str, Any] = {
            "agency_name": agency, "agency_line": agency, "subject": subject, "person": person, "link_url": url,
            "inviter": inviter,
        }
        template = current_app.jinja_env.get_template
        return Letter(
            to=[(person.name, person.email or "")], subject=subject, language=person.language, secrets=[token],
            text=template("accounts/invitation.email.txt").render(frame),
            html=template("accounts/invitation.email.html").render(frame),
        )
