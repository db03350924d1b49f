"""Letters about a smeta: it is ready to decide on, and your yes has been kept."""

from typing import Any

from flask import current_app

from agency.attached.documents.models import Document
from agency.flow.smetas.face import client_face
from agency.flow.smetas.models import Smeta
from agency.flow.smetas.naming import TRIGGER_NAMES
from agency.kit.mail import Letter
from agency.kit.words import _, money, using
from agency.people.accounts.models import Person


def sent(smeta: Smeta, to: Person, link_url: str, paper: Document | None) -> Letter:
    """The estimate waits for a decision; one link, no account."""
    with using(smeta.language):
        subject = _("Estimate for “%(project)s”: %(sum)s", project=smeta.project.name,
                    sum=money(smeta.gross, smeta.currency))
        return _letter("sent", smeta, to, subject, paper, link_url=link_url)


def approved(smeta: Smeta, to: Person, paper: Document | None) -> Letter:
    """What was approved, and what happens now."""
    with using(smeta.language):
        subject = _("Estimate %(number)s is approved", number=smeta.number)
        return _letter("approved", smeta, to, subject, paper)


def _letter(name: str, smeta: Smeta, to: Person, subject: str, paper: Document | None, **more: Any) -> Letter:
    own, manager = smeta.project.own_entity, smeta.project.manager
    context = {
        "agency_name": own.brand, "agency_line": ", ".join(filter(None, (own.name, own.address))), "subject": subject,
        "manager": manager, "face": client_face(smeta), "reader": to, "has_paper": paper is not None,
        "trigger_names": TRIGGER_NAMES, **more,
    }
    template = current_app.jinja_env.get_template
    return Letter(
        to=[(to.name, to.email or "")], subject=subject, language=smeta.language,
        text=template(f"smetas/{name}.email.txt").render(context),
        html=template(f"smetas/{name}.email.html").render(context),
        attachments=[(paper.file_name, paper.storage_key or "", "application/pdf")] if paper else [],
        reply_to=(manager.name, manager.email) if manager.email else None,
    )
