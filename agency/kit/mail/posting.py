"""Posting a letter: one row a recipient with its frozen bytes, and a job asked for each."""

import uuid
from email.utils import parseaddr
from typing import Any

from sqlalchemy import select

from agency.kit import clock
from agency.kit.db import db
from agency.kit.mail import sign
from agency.kit.mail.addresses import one_address, plain
from agency.kit.mail.letter import Letter, Named, serialise
from agency.kit.mail.models import Mail, MailContent
from agency.kit.mail.transports import transport
from agency.kit.queue import ask

DELIVER = "mails.deliver"


def post(letter: Letter, *, about: Any, by: Any) -> list[Mail]:
    """Freeze the letter for each recipient in the open unit and ask for its delivery.

    Raises Refused (field "email") for an address that mail cannot be sent to.
    """
    if about.id is None:
        db.session.flush()
    return [_post_one(letter, to, about, by) for to in _each_once(letter)]


def of(record: Any) -> list[Mail]:
    """The mails about a record, newest first."""
    about = (Mail.subject_kind == record.KIND, Mail.subject_id == record.id)
    return list(db.session.scalars(select(Mail).where(*about).order_by(Mail.id.desc())))


def _each_once(letter: Letter) -> list[Named]:
    return list({one_address(address).casefold(): (name, address) for name, address in letter.to}.values())


def _post_one(letter: Letter, to: Named, about: Any, by: Any) -> Mail:
    sender = sign.sender()
    message_id = f"<{uuid.uuid4().hex}@{one_address(parseaddr(sender)[1]).rpartition('@')[2]}>"
    row = Mail(
        message_id=message_id,
        to_name=plain(to[0], 100),
        to_address=one_address(to[1]),
        subject=plain(letter.subject),
        language=letter.language,
        by_id=by.id,
        subject_kind=about.KIND,
        subject_id=about.id,
        client_id=about.id if about.KIND == "client" else getattr(about, "client_id", None),
        project_id=about.id if about.KIND == "project" else getattr(about, "project_id", None),
    )
    db.session.add(row)
    db.session.flush()
    now = clock.now()
    content = MailContent(mail_id=row.id, content=serialise(letter, to, sender, message_id, now))
    if letter.secrets and not transport().repeatable:
        content.kept = serialise(letter.without_secrets(), to, sender, message_id, now)
    db.session.add(content)
    ask(DELIVER, row.id)
    return row
