"""Pages of a large and a small agency in one run: time, questions, bytes, and answers a second beside the bare page."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median

from flask import Flask

from bench import place, served
from bench.cases import Case, cases
from bench.load import Ask, Flood, Line, Times, flood
from bench.sizes import Size
from tests.queries import counted

WARM, COSTS = 3, 5
# Seconds of a crowd before it is counted.
WARM_UP = 0.5
CROWDS = (8, 50)
# So often a crowd of ours and one of the bare page take turns.
TURNS = 6
BARE = (Ask("/", {}),)
BARE_WRITES = tuple(Ask(f"/{task}", {}, "x=1") for task in range(1, 9))
# Of so many requests of a crowd one writes, ours and the bare ones alike.
WRITES = 10
Counted = tuple[int, int, float]


@dataclass
class Figures:
    """What was found about one case in one agency."""

    times: Times = field(default_factory=Times)
    questions: int = 0
    bytes: int = 0
    # Processor time in this process, in milliseconds: it tells the same on a busy machine.
    cost: float = 0.0


@dataclass
class Found:
    """One case in the agencies that were compared, and its flood in the first of them."""

    name: str
    sizes: dict[str, Figures] = field(default_factory=dict)
    floods: dict[int, tuple[Flood, Flood]] = field(default_factory=dict)


def measure(folders: dict[Size, Path], only: str, rounds: int, seconds: float) -> tuple[list[Found], Times]:
    """Each case in each agency, turn by turn with the bare page, so that all meet the same machine."""
    asked = {size: _cases(folder, size, only) for size, folder in folders.items()}
    first, folder = next(iter(folders.items()))
    writes, bare = writes_of(place.app(place.environ(folder)), first), Times()
    with ExitStack() as stack:
        ports = {size: stack.enter_context(served.agency(folder)) for size, folder in folders.items()}
        nude = stack.enter_context(served.bare(folders[next(iter(folders))]))
        lines = {size: Line(port) for size, port in ports.items()}
        found = []
        for row in zip(*(some for some, _counts in asked.values()), strict=True):
            one = Found(row[0].name)
            found.append(one)
            for size, case in zip(asked, row, strict=True):
                one.sizes[size.name] = Figures(Times(), *asked[size][1][case.name])
            _take_turns(list(zip(lines.values(), row, one.sizes.values(), strict=True)), Line(nude), bare, rounds)
            if seconds:
                _flood(one, row[0], writes, next(iter(ports.values())), nude, seconds)
        for line in lines.values():
            line.close()
    return found, bare


def _cases(folder: Path, size: Size, only: str) -> tuple[list[Case], dict[str, Counted]]:
    app = place.app(place.environ(folder))
    some = [case for case in cases(app, size) if only in case.name]
    return some, {case.name: count(app, case) for case in some}


def writes_of(app: Flask, size: Size) -> tuple[Ask, ...]:
    """What a crowd writes: time on tasks, which can be logged again and again."""
    return next(case.asks for case in cases(app, size) if case.writes and not case.back)


def mixed(looks: Sequence[Ask], writes: Sequence[Ask]) -> list[Ask]:
    """Looks by turns, and after so many of them a write."""
    more, found = cycle(looks), []
    for write in writes:
        found += [*(next(more) for _ in range(WRITES - 1)), write]
    return found


def count(app: Flask, case: Case) -> Counted:
    """Questions, bytes and processor time of one answer; a write is made once only, and undone."""
    client, one = app.test_client(), case.asks[0]
    headers = dict(one.headers)
    for pair in headers.pop("Cookie").split("; "):
        client.set_cookie(*pair.split("=", 1))
    form = {"content_type": "application/x-www-form-urlencoded", "data": one.body} if one.body else {}
    cost = 0.0 if one.body else median(_cost(lambda: client.get(one.path, headers=headers)) for _ in range(COSTS))
    with counted(app) as asked:
        answer = client.open(one.path, method="POST" if one.body else "GET", headers=headers, **form)
    if answer.status_code != one.expects:
        raise SystemExit(f"{case.name}: {one.path} answers {answer.status_code}")
    for back in case.back[:1]:
        client.post(back.path, data=back.body, headers=headers, content_type=form["content_type"])
    return len(asked), len(answer.data), cost * 1000


def _cost(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _take_turns(
    some: Sequence[tuple[Line, Case, Figures]], bare_line: Line, bare: Times, rounds: int
) -> None:
    for turn in range(-WARM, rounds):
        for line, case, figures in some:
            line.ask(case.asks[turn % len(case.asks)], figures.times if turn >= 0 else None)
            if case.back:
                line.ask(case.back[turn % len(case.asks)])
        bare_line.ask(BARE[0], bare if turn >= 0 else None)
    bare_line.close()


def _flood(one: Found, case: Case, writes: Sequence[Ask], port: int, nude: int, seconds: float) -> None:
    """As many answers as 8 and 50 clients get, by turns with the bare page, so that both meet the same machine.

    A crowd comes with new lines at each turn: the system deals them out to the server's processes as it likes, and
    whatever it dealt stays for the turn.
    """
    if case.writes:
        return
    ours, bare = mixed(case.asks, writes), mixed(BARE, BARE_WRITES)
    for clients in CROWDS:
        # Every thread of both has met the page before anything is counted.
        flood(port, ours, clients, WARM_UP)
        flood(nude, bare, clients, WARM_UP)
        turns = [
            (flood(port, ours, clients, seconds / TURNS), flood(nude, bare, clients, seconds / TURNS))
            for _turn in range(TURNS)
        ]
        one.floods[clients] = _whole(mine for mine, _bare in turns), _whole(beside for _mine, beside in turns)


def _whole(some: Iterable[Flood]) -> Flood:
    every = list(some)
    return Flood(sum(one.answered for one in every), sum(one.wrong for one in every), sum(one.seconds for one in every))
