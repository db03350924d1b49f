"""The questions asked about mails."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from agency.attached.mails import reading
from agency.kit import policy
from agency.kit.db import ask, db, prepared
from agency.kit.mail import Mail, MailContent

# A page and one more for whoever sees every mail.
CHUNK = 51
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


class Listed(NamedTuple):
    """A mail as the outbox lists it, with all that decides who may see it."""

    id: int
    subject: str
    to_name: str
    to_address: str
    state: str
    created_at: datetime
    subject_kind: str
    client_id: int | None
    project_id: int | None


def page_for(actor: Any, states: tuple[str, ...], before: int | None, length: int) -> list[Listed]:
    """The newest mails in these states that the actor may see, older than the id `before`."""
    return list(islice(_seen_by(actor, states, before), length))


def _seen_by(actor: Any, states: tuple[str, ...], before: int | None) -> Iterator[Listed]:
    while True:
        chunk = [Listed(*row) for row in ask(_chunk(states, before is not None), before=before)]
        yield from (mail for mail in chunk if policy.may(actor, "mail.view", mail))
        if len(chunk) < CHUNK:
            return
        before = chunk[-1].id


@prepared
def _chunk(states: tuple[str, ...], turned: bool) -> Select[*tuple[Any, ...]]:
    rows = select(
        Mail.id, Mail.subject, Mail.to_name, Mail.to_address, Mail.state, Mail.created_at, Mail.subject_kind,
        Mail.client_id, Mail.project_id,
    ).where(Mail.state.in_(states))
    if turned:
        rows = rows.where(Mail.id < bindparam("before"))
    return rows.order_by(Mail.id.desc()).limit(CHUNK)
