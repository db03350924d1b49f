"""Which sentences can reach a client: all that is named, step by step, from wherever a client is spoken to.

The beginning is found in the running app (routes open to contacts, errors, frames of pages) and in the code
(letters, papers, blocks that speak another language, facts a client may read). A name too much is followed
rather than one too few.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from flask import Flask

from agency import policy
from agency.kit import journal
from tests.house import sentences
from tests.house.library_words import said_by_the_library
from tests.house.mentions import TEMPLATE, Place, graph, templates_like
from tests.house.sentences import Key

SPEAKERS = ("emails", "documents", "face")
# Words that are written into a client's records when these are made.
WRITTEN_DOWN = ("agency.flow.smetas.catalogue", "agency.people.agency.stage_rows")
# What the staff alone reads although it is named from where clients are spoken to.
OURS = (
    "agency.attached.notices.*",  # letters to colleagues
    "agency.entrypoints.portal.emails:question",  # to the manager
    "agency.flow.smetas.documents:smeta_inner", "smetas/inner.pdf.html",  # our own paper with costs
    "agency.overview.site.frame:PLACES", "agency.overview.site.frame:_own_links",  # the staff's menu
    "accounts/first_owner.html", "agency.people.accounts.forms:FirstOwnerForm",  # the very first person
    "_layout.html", "_macros/_keys.html", "_macros/_palette.html",  # the staff's frame of a page
)  # fmt: skip


@cache
def keys(app: Flask) -> frozenset[Key]:
    """Every sentence that can reach a client."""
    places = reached([*of_app(app), *of_code()], app)
    said = {key for place in places for key in graph().parts[place].says}
    return frozenset(said | set(of_facts()) | {one.key for one in said_by_the_library()})


def reached(begin: Iterable[Place], app: Flask) -> set[Place]:
    """Everything that is named from the beginning on."""
    whole, found, waiting = graph(), set(), deque(begin)
    while waiting:
        place = waiting.popleft()
        if not place or place in found or any(fnmatchcase(place, ours) for ours in OURS):
            continue
        found.add(place)
        part = whole.parts.get(place)
        if part is None:
            continue
        waiting.extend(part.names)
        waiting.extend(method for name in part.attributes for method in whole.methods.get(name, ()))
        waiting.extend(template for pattern in part.templates for template in templates_like(pattern))
        if TEMPLATE.match(place.partition("#")[0]):
            waiting.extend(_of_template(part.calls, app))
    return found


def _of_template(called: Iterable[str], app: Flask) -> Iterator[Place]:
    """The functions behind the filters and globals of a template."""
    for name in called:
        known = app.jinja_env.filters if name.startswith("|") else app.jinja_env.globals
        thing = known.get(name.removeprefix("|"))
        if getattr(thing, "__module__", "").startswith("agency."):
            yield place_of(thing)


def place_of(function: Any) -> Place:
    """Where a function stands; one made inside another stands where that does."""
    name = function.__qualname__.partition(".<locals>")[0]
    return f"{function.__module__}:{name}"


def of_app(app: Flask) -> Iterator[Place]:
    """Views a contact or a stranger may open, and what every page and every error goes through."""
    rooms = {name for name, room in app.blueprints.items() if getattr(room, "for_clients", False)}
    for endpoint, view in app.view_functions.items():
        if endpoint.partition(".")[0] in rooms and _is_open(view):
            yield from (place_of(one) for one in (view, getattr(view, "finds", None)) if one)
    for scope in (None, *rooms):
        for one in [*app.before_request_funcs.get(scope, ()), *app.template_context_processors.get(scope, ())]:
            yield place_of(one)
        for handlers in app.error_handler_spec.get(scope, {}).values():
            yield from map(place_of, handlers.values())


def _is_open(view: Any) -> bool:
    if hasattr(view, "public"):
        return True
    granted = getattr(policy.RULES[view.needs], "grants", (("contact", None),))
    return any(who == "contact" for who, _where in granted)


def of_code() -> Iterator[Place]:
    """Letters, papers and faces, whatever speaks another language for a block, and what is written down."""
    for place, part in graph().parts.items():
        module, _colon, _name = place.partition(":")
        elsewhere = module.startswith(("agency.kit", "workers")) or TEMPLATE.match(place)
        changes_language = "using" in part.calls and not elsewhere
        if module.rpartition(".")[2] in SPEAKERS or module in WRITTEN_DOWN or changes_language:
            yield place


def of_facts() -> Iterator[Key]:
    """The sentences of facts that are ever written for clients to read."""
    known = journal.declared()
    for path in sentences.code():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and any(one.arg == "audience" for one in node.keywords):
                spoken = [str(one.value) for one in ast.walk(node) if isinstance(one, ast.Constant)]
                yield from ((None, known[verb].msgid) for verb in spoken if verb in known)
