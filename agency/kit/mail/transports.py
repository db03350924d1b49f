"""Ways a mail leaves the house: a mail server, or a folder of .eml files when none is named."""

import os
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

from agency.kit.mail.addresses import plain
from agency.kit.settings import Settings

SILENCE = 20.0
ANSWER = 300


@dataclass(frozen=True)
class Outcome:
    """What became of one try: sent, later, failed or unknown; why, and the server's own words."""

    state: str
    reason: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Parcel:
    """A mail as the transport needs it."""

    message_id: str
    sender: str
    recipient: str
    content: bytes


class Taken(Exception):
    """The mark could not be set: somebody else is handing this mail over."""


class Transport(Protocol):
    """A way out. `repeatable` says whether doing it twice is the same as once."""

    repeatable: bool

    def hand_over(self, parcel: Parcel, mark: Callable[[], None]) -> Outcome: ...


def transport() -> Transport:
    """The way out of this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.smtp_url:
        return MailServer(urlsplit(settings.smtp_url))
    return Folder(settings.data / "outbox")


class Folder:
    """Mails as files named by their Message-ID, written whole or not at all."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hand_over(self, parcel: Parcel, mark: Callable[[], None]) -> Outcome:
        """Write the file; a second time it is the same file."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9@._-]", "", parcel.message_id)
        draft = self.folder / f".{name}-{os.getpid()}"
        with draft.open("wb") as file:
            file.write(parcel.content)
            file.flush()
            os.fsync(file.fileno())
        mark()
        draft.replace(self.folder / f"{name}.eml")
        return Outcome("sent")


class _Session(smtplib.SMTP):
    """An SMTP session whose last dot is sent apart from the body, with a mark between the two."""

    dot_sent = False

    def body_then_dot(self, content: bytes, mark: Callable[[], None]) -> tuple[int, bytes]:
        self.putcmd("data")
        code, answer = self.getreply()
        if code != 354:
            return code, answer
        body = re.sub(rb"(?m)^\.", b"..", content)
        self.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        mark()
        if self._spoke_early():
            return self._plain_reply()
        self.dot_sent = True
        self.send(b".\r\n")
        return self._plain_reply()

    def _spoke_early(self) -> bool:
        """Whether the server hung up or refused before the end: then it surely took nothing."""
        if self.sock is None or isinstance(self.sock, ssl.SSLSocket):
            return False
        return bool(select([self.sock], [], [], 0)[0])

    def _plain_reply(self) -> tuple[int, bytes]:
        code, answer = self.getreply()
        if not 200 <= code < 600:
            raise smtplib.SMTPServerDisconnected("no answer that could be understood")
        return code, answer


class _SecureSession(_Session, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class MailServer:
    """A mail server by its address: smtp, smtps or smtp+starttls."""

    repeatable = False

    def __init__(self, url: SplitResult) -> None:
        self.url = url

    def hand_over(self, parcel: Parcel, mark: Callable[[], None]) -> Outcome:
        """One try; a broken line after the last dot was sent means nobody knows."""
        session: _Session | None = None
        try:
            with closing(self._open(parcel.sender)) as session:
                outcome = self._talk(session, parcel, mark)
                with suppress(smtplib.SMTPException, OSError):
                    session.putcmd("quit")
                return outcome
        except smtplib.SMTPAuthenticationError as error:
            return Outcome("later", "no_entry", _words(error.smtp_error))
        except (smtplib.SMTPException, OSError) as error:
            if session is not None and session.dot_sent:
                return Outcome("unknown", "no_answer")
            return Outcome("later", "no_server", _words(error))

    def _open(self, sender: str) -> _Session:
        secure = self.url.scheme == "smtps"
        port = self.url.port or (465 if secure else 587 if self.url.scheme == "smtp+starttls" else 25)
        ours = sender.rpartition("@")[2] or "localhost"
        host = self.url.hostname or ""
        if secure:
            session: _Session = _SecureSession(host, port, ours, timeout=SILENCE, context=_trust())
        else:
            session = _Session(host, port, ours, timeout=SILENCE)
        # Body and last dot are two small parcels: the second must not wait for the first one's receipt.
        if session.sock is not None:
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session.ehlo()
        if self.url.scheme == "smtp+starttls" or (not secure and session.has_extn("starttls")):
            session.starttls(context=_trust())
            session.ehlo()
        if self.url.username:
            session.login(unquote(self.url.username), unquote(self.url.password or ""))
        return session

    def _talk(self, session: _Session, parcel: Parcel, mark: Callable[[], None]) -> Outcome:
        code, answer = session.mail(parcel.sender)
        if code != 250:
            return Outcome("later", "later", _words(answer))
        code, answer = session.rcpt(parcel.recipient)
        if code in (250, 251):
            code, answer = session.body_then_dot(parcel.content, mark)
        if code == 250:
            return Outcome("sent", "", _words(answer))
        if 400 <= code < 500:
            return Outcome("later", "later", _words(answer))
        return Outcome("failed", "refused", _words(answer))


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _words(said: bytes | str | BaseException) -> str:
    return plain(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said), ANSWER)
