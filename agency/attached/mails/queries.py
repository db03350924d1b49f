"""The questions asked about mails."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import select

from agency.attached.mails import reading
from agency.kit import policy
from agency.kit.db import db
from agency.kit.mail import Mail, MailContent

CHUNK = 100
UNSETTLED = ("unknown", "failed", "bounced")


def get(mail_id: int) -> Mail | None:
    """One mail."""
    return db.session.get(Mail, mail_id)


def get_with_part(mail_id: int, number: int) -> Mail | None:
    """One mail that has an attachment of that number."""
    mail = get(mail_id)
    return mail if mail is not None and number < len(reading.read(content(mail)).parts) else None


def content(mail: Mail) -> bytes:
    """The frozen bytes of a mail as its readers here may know them, without what opens a door; empty when gone."""
    found = db.session.get(MailContent, mail.id)
    return (found.kept or found.content) if found else b""


def page_for(actor: Any, states: Sequence[str], before: int | None, length: int) -> list[Mail]:
    """The newest mails in these states that the actor may see, older than the id `before`."""
    return list(islice(_seen_by(actor, states, before), length))


def needing_a_person(actor: Any, most: int = 50) -> list[Mail]:
    """Mails that did not go out or may not have, newest first."""
    return page_for(actor, UNSETTLED, None, most)


def _seen_by(actor: Any, states: Sequence[str], before: int | None) -> Iterator[Mail]:
    while True:
        query = select(Mail).where(Mail.state.in_(states)).order_by(Mail.id.desc()).limit(CHUNK)
        chunk = db.session.scalars(query if before is None else query.where(Mail.id < before)).all()
        yield from (mail for mail in chunk if policy.may(actor, "mail.view", mail))
        if len(chunk) < CHUNK:
            return
        before = chunk[-1].id
