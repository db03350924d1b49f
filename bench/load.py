"""Requests over real connections: one after another with their times, or as many as so many clients get answered."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from statistics import quantiles

NOTHING: Mapping[str, str] = {}
# Below the five seconds for which a server keeps a silent line.
IDLE = 2.0
# Answers on one line before a client takes a new one: the system may give all lines of a moment to one process of the
# server, and the other would have nothing to do for as long as they stay.
STAYS = 20


@dataclass(frozen=True)
class Ask:
    """One request: what is asked, as whom, and the status that says all is well."""

    path: str
    headers: Mapping[str, str]
    body: str = ""
    expects: int = 200

    def raw(self, host: str) -> bytes:
        """The request as it goes over the line."""
        method = "POST" if self.body else "GET"
        headers = {"Host": host, **self.headers}
        if self.body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(self.body))}
        lines = [f"{method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass
class Times:
    """How long answers took, in milliseconds, and how many were not what was expected."""

    each: list[float] = field(default_factory=list)
    wrong: int = 0

    def part(self, percent: int) -> float:
        """The time within which this share of the answers came."""
        if len(self.each) < 2:
            return self.each[0] if self.each else 0.0
        return quantiles(self.each, n=100, method="inclusive")[percent - 1]


class Line:
    """One kept-open connection that asks and waits."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.used = -IDLE

    def ask(self, one: Ask, times: Times | None = None) -> str:
        """Ask once; the body of the answer."""
        if time.perf_counter() - self.used > IDLE:
            # The server hangs up on who is silent for long; a new line is not part of the answer's time.
            self.connection.close()
            self.connection.connect()
        began = time.perf_counter()
        headers = dict(one.headers) | ({"Content-Type": "application/x-www-form-urlencoded"} if one.body else {})
        self.connection.request("POST" if one.body else "GET", one.path, one.body or None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        self.used = time.perf_counter()
        if times is not None:
            times.each.append((self.used - began) * 1000)
            times.wrong += answer.status != one.expects
        return body.decode(errors="replace")

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


@dataclass(frozen=True)
class Flood:
    """What so many clients got in so many seconds."""

    answered: int
    wrong: int
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds if self.seconds else 0.0


def flood(port: int, asks: Sequence[Ask], clients: int, seconds: float) -> Flood:
    """Let clients ask without pause for a while; each begins at another of the requests."""
    return asyncio.run(_flood(port, asks, clients, seconds))


async def _flood(port: int, asks: Sequence[Ask], clients: int, seconds: float) -> Flood:
    raws = [(one.raw(f"127.0.0.1:{port}"), one.expects) for one in asks]
    began = time.perf_counter()
    counts = await asyncio.gather(*(_client(port, raws[n % len(raws) :] + raws[: n % len(raws)], began + seconds)
                                    for n in range(clients)))
    spent = time.perf_counter() - began
    return Flood(sum(good + bad for good, bad in counts), sum(bad for _good, bad in counts), spent)


async def _client(port: int, raws: Sequence[tuple[bytes, int]], until: float) -> tuple[int, int]:
    good = bad = 0
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for n, (raw, expects) in enumerate(cycle(raws), 1):
        if time.perf_counter() >= until:
            break
        writer.write(raw)
        status, stays = await _answer(reader)
        good, bad = good + (status == expects), bad + (status != expects)
        if not stays or n % STAYS == 0:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    return good, bad


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one answer; its status, and whether the line stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next(int(line[16:]) for line in head.split("\r\n") if line.startswith("content-length: "))
    await reader.readexactly(length)
    return int(head.split(" ", 2)[1]), "connection: close" not in head
