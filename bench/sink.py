"""A mail server of the loopback that takes everything and keeps nothing."""

from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller

from bench import place


class Sink:
    """Counts the mails it is handed."""

    def __init__(self) -> None:
        self.count = 0
        self.port = place.free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        """Take a mail."""
        self.count += 1
        return "250 taken"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._controller.stop()
