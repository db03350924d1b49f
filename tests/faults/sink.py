"""A mail server for tests that can be as bad as real ones; the address says how bad."""

import asyncio
import email
import threading
from collections import Counter
from dataclasses import dataclass, field
from email.message import Message
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

MODES = ("ok", "slow", "refuse", "greylist", "dropmid", "dropend")


@dataclass(frozen=True)
class Received:
    """One mail as it arrived, and whether it was confirmed."""

    sender: str
    recipients: tuple[str, ...]
    message: Message
    confirmed: bool


@dataclass
class Sink:
    """The server's ledger. An address `mode-17@…` chooses the treatment; first tries are the bad ones."""

    # How long a mail lies in the box before its sender hears so.
    pause: float = 0.01
    mails: list[Received] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> "Sink":
        self.controller = _Controller(self, hostname="127.0.0.1", port=0)
        self.controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.controller.stop()

    @property
    def url(self) -> str:
        """Its address for the settings."""
        return f"smtp://127.0.0.1:{self.controller.bound_port}"

    def is_first(self, address: str, what: str) -> bool:
        """Whether this happens to the address for the first time."""
        with self.lock:
            self.tries[f"{what} {address}"] += 1
            return self.tries[f"{what} {address}"] == 1

    def times(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        with self.lock:
            return Counter(str(one.message["Message-ID"]).strip() for one in self.mails)


def _mode(address: str) -> str:
    found = address.partition("-")[0]
    return found if found in MODES else "ok"


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_RCPT(self, _s: Any, _n: Session, envelope: Envelope, address: str, _o: list[str]) -> str:  # noqa: N802
        mode = _mode(address)
        if mode == "refuse":
            return "550 5.1.1 There is nobody of that name"
        if mode == "greylist" and self.sink.is_first(address, "rcpt"):
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mode = _mode(envelope.rcpt_tos[0])
        dropped = mode == "dropend"
        message = email.message_from_bytes(envelope.content or b"")
        with self.sink.lock:
            self.sink.mails.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), message, not dropped))
        # It is in the box now, whatever becomes of the line before the sender hears so.
        await asyncio.sleep(0.2 if mode == "slow" else self.sink.pause)
        if dropped:
            server.transport.abort()
        return "250 Taken"


class _Server(SMTP):
    sink: Sink

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Break off in the middle of the body where the address asks for it."""
        address = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        if _mode(address) == "dropmid" and self.sink.is_first(address, "data"):
            await self.push("354 Go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def __init__(self, sink: Sink, **options: Any) -> None:
        super().__init__(_Handler(sink), **options)
        self.sink = sink

    def factory(self) -> SMTP:
        server = _Server(self.handler, hostname="sink.example")
        server.sink = self.sink
        return server

    def _trigger_server(self) -> None:
        """Knock at the port that the system chose."""
        self.port = self.bound_port
        super()._trigger_server()

    @property
    def bound_port(self) -> int:
        return int(self.server.sockets[0].getsockname()[1])
