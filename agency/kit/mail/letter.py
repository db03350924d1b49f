"""A letter, and the bytes it becomes for one recipient; headers are made by EmailMessage alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from agency.kit import storage
from agency.kit.mail.addresses import plain
from agency.kit.mail.headers import mailbox, words

Named = tuple[str, str]
# Seven bits only: no server on the way has to be asked what it can take.
HIDDEN = "…"
POLICY = SMTP.clone(cte_type="7bit", max_line_length=78)


@dataclass(frozen=True)
class Letter:
    """What is to be sent: recipients, subject, both bodies, attachments as bytes or a storage key.

    `secrets` are words that open doors, like the token of a link: a mail server gets them, and what
    is kept after the mail was sent does not hold them any more.
    """

    to: Sequence[Named]
    subject: str
    text: str
    html: str = ""
    attachments: Sequence[tuple[str, bytes | str, str]] = ()
    reply_to: Named | None = None
    language: str = "ru"
    in_reply_to: str | None = None
    unsubscribe_url: str | None = None
    secrets: Sequence[str] = ()

    def without_secrets(self) -> "Letter":
        """The letter as it is kept once it was sent."""
        text, html = self.text, self.html
        for secret in self.secrets:
            text, html = text.replace(secret, HIDDEN), html.replace(secret, HIDDEN)
        return replace(self, text=text, html=html, secrets=())


def serialise(letter: Letter, to: Named, sender: str, message_id: str, at: datetime) -> bytes:
    """The bytes of the letter for one recipient; raises Refused for an address that cannot work."""
    message = EmailMessage(policy=POLICY)
    message["From"] = mailbox("From", *parseaddr(sender))
    message["To"] = mailbox("To", *to)
    message["Subject"] = words("Subject", letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = plain(letter.language, 20)
    if letter.reply_to:
        message["Reply-To"] = mailbox("Reply-To", *letter.reply_to)
    if letter.in_reply_to:
        message["In-Reply-To"] = message["References"] = plain(letter.in_reply_to)
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{plain(letter.unsubscribe_url, 900)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _fill(message, letter)
    return message.as_bytes()


def _fill(message: EmailMessage, letter: Letter) -> None:
    message.set_content(_body(letter.text), cte="quoted-printable")
    if letter.html:
        message.add_alternative(_body(letter.html), subtype="html", cte="quoted-printable")
    for name, content, mime in letter.attachments:
        kind, _, sub = mime.partition("/")
        found = storage.get(content) if isinstance(content, str) else content
        message.add_attachment(found, maintype=kind, subtype=sub, filename=plain(name, 120) or "file")


def _body(value: str) -> str:
    """Text that can be encoded: lone surrogates and NUL have no place in a mail."""
    return value.replace("\0", " ").encode("utf-8", "replace").decode()
