"""The search page, and the list inside the palette."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from agency.kit.web import Room, actor, fragment, needs, page
from agency.kit.words import other_keyboard
from agency.overview.search import commands, hits, promising, queries
from agency.overview.search.hits import Group, Hit
from agency.overview.search.queries import Found
from agency.overview.search.typed import Command
from agency.overview.search.wanted import Wanted, understand

room = Room("search", __name__)
ON_PAGE, IN_PALETTE, OF_ONE_KIND = 8, 3, 60
SHORTEST = 2


@dataclass
class Answer:
    """Everything for one question; `read_as` is what was understood when the keyboard stood in the other layout."""

    best: Hit | None
    groups: list[Group]
    commands: list[Command]
    read_as: str = ""

    @property
    def does(self) -> bool:
        """Whether a command was asked for; that any words may become a request says nothing of them."""
        return any("?words=" not in command.url for command in self.commands)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return bool(self.best) + len(self.commands) + sum(len(group.hits) for group in self.groups)


@room.get("")
@needs("search.use")
def index() -> Any:
    """Everything one may see that fits, under headings; one kind alone with `kind`."""
    typed, kind = request.args.get("q", ""), request.args.get("kind", "")
    kinds = next((kinds for key, _title, kinds in hits.GROUPS if key == kind), ())
    answer = _answer(typed, OF_ONE_KIND if kinds else ON_PAGE, kinds)
    return page("search/index.html", typed=typed, kind=kind if kinds else "", answer=answer)


@room.get("/palette")
@needs("search.use")
def palette() -> Any:
    """The list of the palette: with nothing typed what is done most often."""
    return fragment("search/_palette.html", answer=_answer(request.args.get("q", ""), IN_PALETTE))


def _answer(typed: str, each: int, kinds: tuple[str, ...] = ()) -> Answer:
    wanted = understand(typed)

    def ask(wanted: Wanted) -> Answer:
        found = _found(wanted, each, kinds)
        best = None if kinds else hits.best_of(found, wanted)
        rest = [row for row in found if row is not best]
        lines = [hits.hit(row) for row in ([best] if best else []) + rest]
        promised = [] if kinds else promising.of(actor(), wanted, _project_here)
        named = lines or ([] if promised else _promised(wanted) or _here(wanted))
        todo = [] if kinds else commands.of(actor(), wanted, named, promised)
        return Answer(lines[0] if best else None, hits.grouped(lines[bool(best):], each), todo)

    answer = ask(wanted)
    if wanted and not any((answer.best, answer.groups, answer.does)):
        other = understand(other_keyboard(typed))
        second = ask(other)
        if any((second.best, second.groups, second.does)):
            second.read_as = other.text
            return second
    return answer


def _found(wanted: Wanted, each: int, kinds: tuple[str, ...]) -> list[Found]:
    if len(wanted.text) < SHORTEST:
        return []
    return queries.find(actor(), wanted, each + 1, kinds)


def _promised(wanted: Wanted) -> list[Hit]:
    """The projects of "promise morning"."""
    rest = commands.about_promises(wanted)
    if not rest or len(rest.words) == len(wanted.words):
        return []
    return [hits.hit(row) for row in queries.find(actor(), rest, IN_PALETTE, ("project",))]


def _here(wanted: Wanted) -> list[Hit]:
    """The project of the page one looks at, when nothing else was named."""
    if wanted and commands.about_promises(wanted):
        return []
    row = _project_here()
    return [hits.hit(row)] if row else []


def _project_here() -> Found | None:
    project = queries.project_here(actor(), _project_id(request.args.get("from", "")))
    if project is None:
        return None
    return Found("project", project.id, project.name, project.number, project.state, 0, project.client_id, project.id,
                 project.name, "", 1)


def _project_id(path: str) -> int:
    try:
        endpoint, args = current_app.url_map.bind("").match(path.partition("?")[0], "GET")
    except HTTPException:
        return 0
    return int(args.get("project_id") or (args.get("id", 0) if str(endpoint).startswith("project") else 0))
