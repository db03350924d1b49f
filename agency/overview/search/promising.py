"""A promise recorded by typing it: the project, the words and the day in one line of the palette."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask import url_for

from agency.kit import clock
from agency.kit.policy import may
from agency.kit.words import _, day, fold, lazy_in
from agency.overview.search import queries
from agency.overview.search.days import named
from agency.overview.search.queries import Found
from agency.overview.search.typed import Command
from agency.overview.search.wanted import Wanted

VERBS = lazy_in("palette", "promise promised")
SHORTEST_VERB = 3
CANDIDATES, PROJECTS = 12, 2
LONGEST = 300  # letters of a promise
FRIDAY = 4


def of(actor: Any, wanted: Wanted, here: Callable[[], Found | None]) -> list[Command]:
    """The promises that the typed words make; none without a verb of promising and words of its own."""
    first, _space, rest = wanted.typed.partition(" ")
    if not _is_verb(first) or not rest.strip():
        return []
    due, text = named(rest, clock.today())
    days = [due] if due else _days_to_choose(clock.today())
    return [
        _command(project, said, on)
        for project, said in _projects(actor, text, here)
        if said and may(actor, "promise.make", SimpleNamespace(client_id=project.client_id, project_id=project.id))
        for on in days
    ]


def _is_verb(word: str) -> bool:
    typed = fold(word).strip(":,")
    return len(typed) >= SHORTEST_VERB and any(verb.startswith(typed) for verb in fold(str(VERBS)).split())


def _days_to_choose(today: date) -> list[date]:
    """Without a day three near ones are offered: tomorrow, Friday, in a week."""
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    return sorted({today + timedelta(days=1), friday, today + timedelta(days=7)})


def _projects(actor: Any, text: str, here: Callable[[], Found | None]) -> Iterator[tuple[Found, str]]:
    """The projects that the first words name, with the words that are left; else the project one looks at."""
    head, colon, tail = text.partition(":")
    words = fold(head if colon else text).split()
    found = _named(actor, words)
    if colon and found:
        yield from ((project, tail.strip()) for project, _n in found)
    elif found:
        yield from ((project, " ".join(text.split()[n:])) for project, n in found)
    elif project := here():
        yield project, text.strip(" :")


def _named(actor: Any, words: Sequence[str]) -> list[tuple[Found, int]]:
    """The projects that most of the first words fit, and how many those are; one question."""
    if not words:
        return []
    rows = queries.find(actor, Wanted((words[0],), kinds=frozenset({"project"})), CANDIDATES, ("project",))
    fits = [(row, _fitting(words, row)) for row in rows]
    most = max((n for _row, n in fits), default=0)
    return [(row, n) for row, n in fits if n == most][:PROJECTS] if most else []


def _fitting(words: Sequence[str], row: Found) -> int:
    known = fold(f"{row.title} {row.number} {row.client}").split()
    count = 0
    for word in words:
        if not any(name.strip("«»,.").startswith(word) for name in known):
            break
        count += 1
    return count


def _command(project: Found, said: str, on: date) -> Command:
    words = (said[:1].upper() + said[1:])[:LONGEST]
    return Command(
        "flag", _("Promise by %(day)s: “%(words)s”", day=day(on), words=words),
        url_for("projects.promise", id=project.id), note=project.title, posts=True,
        fields={"words": words, "due_on": on.isoformat()},
    )
