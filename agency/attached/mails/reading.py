"""A mail's bytes taken apart for the eye: both bodies and the attachments."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass(frozen=True)
class Part:
    """One attachment."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """What the recipient reads."""

    text: str
    html: str
    parts: tuple[Part, ...]


def read(content: bytes) -> Letter:
    """Take the bytes of a mail apart; what is missing is empty."""
    message = message_from_bytes(content, policy=default)
    return Letter(
        _body(message, "plain"), _body(message, "html"), tuple(_part(one) for one in message.iter_attachments())
    )


def in_a_frame(html: str) -> str:
    """The HTML body with its links opening in a tab of their own, outside the frame."""
    return re.sub(r"(?i)(<head[^>]*>)", r'\1<base target="_blank" rel="noopener">', html, count=1)


def _body(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,)) if kind == "html" else message.get_body(("plain",))
    return str(found.get_content()) if found is not None else ""


def _part(part: EmailMessage) -> Part:
    content = part.get_payload(decode=True)
    return Part(part.get_filename() or "file", part.get_content_type(), content if isinstance(content, bytes) else b"")
