"""What can be done by typing it: pages to go to, a request, a promise, time, the next task, the way out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from flask import current_app, url_for

from agency.attached.hours.durations import UnclearTime, parse_minutes
from agency.kit import clock
from agency.kit.policy import may
from agency.kit.words import Lazy, _, day_short, fold, hours, lazy, lazy_in, locale
from agency.overview.search import queries
from agency.overview.search.days import named
from agency.overview.search.hits import Hit
from agency.overview.search.typed import Command
from agency.overview.search.wanted import Wanted, understand

MOST = 3


@dataclass(frozen=True)
class Place:
    """A page one can go to, and other words by which people look for it."""

    endpoint: str
    label: Lazy
    icon: str
    words: Lazy
    keys: str = ""


PLACES = (
    Place("home.show", lazy("My day"), "clock", lazy_in("palette", "today start home"), "G D"),
    Place("tasks.mine", lazy("My tasks"), "tasks", lazy_in("palette", "work list to do"), "G T"),
    Place("projects.index", lazy("Projects"), "flow", lazy_in("palette", "all projects"), "G P"),
    Place("board.show", lazy("Board"), "board", lazy_in("palette", "departments load who is busy"), "G B"),
    Place("calendar.show", lazy("Calendar"), "cal", lazy_in("palette", "dates deadlines month week"), "G A"),
    Place("requests.index", lazy("Requests"), "mail", lazy_in("palette", "incoming new leads"), "G R"),
    Place("clients.index", lazy("Clients"), "meet", lazy_in("palette", "companies brands contacts"), "G C"),
    Place("smetas.index", lazy("Estimates"), "money", lazy_in("palette", "budgets prices money")),
    Place("payments.index", lazy("Money"), "money", lazy_in("palette", "payments receipts late"), "G M"),
    Place("reports.index", lazy("Reports"), "chart", lazy_in("palette", "status weekly")),
    Place("mails.index", lazy("Outbox"), "mail", lazy_in("palette", "letters mails sent"), "G O"),
    Place("notices.index", lazy("Notices"), "bell", lazy_in("palette", "bell news unread")),
    Place("notices.choices", lazy("How to tell me"), "bell", lazy_in("palette", "notices mail digest quiet hours")),
    Place("accounts.profile", lazy("Profile"), "pen", lazy_in("palette", "password theme language time zone phone")),
    Place("accounts.people", lazy("Colleagues"), "meet", lazy_in("palette", "people staff invite")),
)
OF_PROMISE = lazy_in("palette", "promise promised")
OF_REQUEST = lazy_in("palette", "request capture write down new client call")
OF_NEXT = lazy_in("palette", "take next task work")
OF_OUT = lazy_in("palette", "sign out leave exit quit")


def of(actor: Any, wanted: Wanted, found: list[Hit], promised: list[Command]) -> list[Command]:
    """What this person may do that the words ask for; with no words, what is done most often."""
    commands = [*promised, *_time(actor, wanted), *_next(actor, wanted)]
    commands += [] if promised else [*_promises(actor, wanted, found)]
    commands += [*_request(actor, wanted), *_pages(actor, wanted)]
    if wanted and _asked(wanted, OF_OUT):
        commands.append(Command("right", _("Sign out"), url_for("accounts.sign_out"), posts=True, forgets=True))
    return commands if commands or found else list(_in_these_words(actor, wanted))


def _asked(wanted: Wanted, *said: Any) -> bool:
    """Whether every word begins a word of what was said."""
    known = _words_of(locale(), said)
    return all(any(name.startswith(word) for name in known) for word in wanted.words)


@lru_cache(maxsize=512)
def _words_of(language: str, said: tuple[Any, ...]) -> tuple[str, ...]:
    """The words of what is said in the current language."""
    return tuple(fold(" ".join(str(part) for part in said)).split())


def _time(actor: Any, wanted: Wanted) -> Iterator[Command]:
    """Log time: a length of time before or after words of one of my tasks; what is left is the note, or the day."""
    day, said = named(wanted.typed, clock.today(), past=True)
    words = tuple(fold(said).split()) if day else wanted.words
    minutes, rest = _length(words)
    if not minutes:
        return
    tasks = queries.my_tasks(actor)
    for count in range(len(rest), -1, -1):
        mine = [task for task in tasks if all(word in task.search_text for word in rest[:count])]
        if mine and (count or not rest):
            for task in mine[:MOST]:
                yield Command(
                    "clock", _("Log %(time)s: %(task)s", time=hours(minutes), task=task.title),
                    url_for("tasks.log", id=task.id), note=", ".join(filter(None, (task.project.name, day_short(day)))),
                    posts=True,
                    fields={"time-minutes": f"{minutes // 60}:{minutes % 60:02}", "time-note": " ".join(rest[count:]),
                            "time-day": (day or clock.today()).isoformat()},
                )  # fmt: skip
            return


def _length(words: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """A length of time at the beginning, else at the end, and the words beside it."""
    for count in range(min(4, len(words)), 0, -1):
        for part, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            # A bare number at the end is more likely a part of a name.
            if rest and rest == words[:-count] and not any(":" in word or word[-1].isalpha() for word in part):
                continue
            try:
                return parse_minutes(" ".join(part)), rest
            except UnclearTime:
                continue
    return 0, ()


def _next(actor: Any, wanted: Wanted) -> Iterator[Command]:
    if not _asked(wanted, _("Take the next task"), OF_NEXT):
        return
    free = queries.next_free(actor)
    if free is not None and may(actor, "task.take", free):
        yield Command("play", _("Take the next task"), url_for("tasks.take", id=free.id), note=free.title, posts=True)


def _promises(actor: Any, wanted: Wanted, found: list[Hit]) -> Iterator[Command]:
    """A promise for each project found, or for the one that is looked at."""
    for project in [one for one in found if one.kind == "project"][:2]:
        named = SimpleNamespace(client_id=project.client_id, project_id=project.id)
        if may(actor, "promise.make", named):
            yield Command(
                "flag", _("Write down a promise"), url_for("projects.show", id=project.id, _anchor="promises"),
                note=f"{project.title}, {project.note.partition(', ')[0]}",
            )


def _request(actor: Any, wanted: Wanted) -> Iterator[Command]:
    if not may(actor, "request.create"):
        return
    if _asked(wanted, _("Write down a request"), OF_REQUEST):
        yield Command("plus", _("Write down a request"), url_for("requests.capture"))
    first, _space, words = wanted.typed.partition(" ")
    if len(words.split()) > 1 and len(first) > MOST and _asked(understand(first.rstrip(":")), OF_REQUEST):
        yield Command(
            "plus", _("Write it down at once: “%(words)s”", words=words.strip()), url_for("requests.capture"),
            posts=True, fields={"words": words.strip(), "take_it": "y", "client_id": "0"},
        )


def _in_these_words(actor: Any, wanted: Wanted) -> Iterator[Command]:
    """Words that find nothing and mean nothing else may be what a client asks for."""
    if may(actor, "request.create"):
        label = _("Write down a request: “%(words)s”", words=wanted.typed)
        yield Command("plus", label, url_for("requests.capture", words=wanted.typed))


def _pages(actor: Any, wanted: Wanted) -> Iterator[Command]:
    for place in PLACES:
        if not _asked(wanted, place.label, place.words):
            continue
        key = getattr(current_app.view_functions.get(place.endpoint), "needs", None)
        if key and may(actor, key):
            yield Command(place.icon, _("Go to: %(page)s", page=place.label), url_for(place.endpoint), keys=place.keys)


def about_promises(wanted: Wanted) -> Wanted:
    """The words without the verb: "promise morning" looks for the project only."""
    verbs = fold(str(OF_PROMISE)).split()
    rest = tuple(word for word in wanted.words if not any(verb.startswith(word) for verb in verbs))
    return Wanted(rest, wanted.mark, wanted.digits, frozenset({"project"}))
