"""Every page of the product, found by its links in the demo: of each kind the fullest one."""

import re
from dataclasses import dataclass

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from agency.kit.web import exported
from tests.pages import Visitor

LINK = re.compile(r'href="(/[^"#]*)')
# What answers with bytes, a redirect or a part of a page, and is looked at by tests of its own.
NO_PAGES = frozenset({
    "static", "site.live", "site.ready", "site.robots", "files.download", "documents.download", "documents.look",
    "documents.show_progress", "portal.document", "portal.file", "portal.enter", "mails.letter", "mails.part",
    "portal.short", "reports.letter", "reports.look", "settings.logo", "briefs.of_project", "search.palette",
    "payments.of_row", "portal.preview_file", "client_parts.suggest",
})  # fmt: skip
# Pages that no link of the demo leads to: reached by a mailed link, by sending a form, or before anybody works here.
UNLINKED = frozenset({"accounts.invitation", "portal.asked", "welcome.begin", "portal.home"})
# So many pages of a kind are opened by the first who can, and so many by whoever comes later.
ENOUGH, FEW = 8, 3


@dataclass
class Place:
    """One kind of page: the address of its fullest example, and who looked."""

    endpoint: str
    address: str
    person: str
    letters: int


def pages(app: Flask, visitors: dict[str, Visitor], starts: dict[str, tuple[str, ...]]) -> dict[str, Place]:
    """The fullest page of every endpoint that can be reached by links."""
    found: dict[str, Place] = {}
    for person, visitor in visitors.items():
        counted: dict[str, int] = {}
        opened = set(found)
        waiting, seen = [*starts[person], *seeds(app)], set()
        while waiting:
            address = waiting.pop(0)
            endpoint = endpoint_of(app, address)
            if address in seen or endpoint is None or endpoint in NO_PAGES:
                continue
            if counted.get(endpoint, 0) >= (FEW if endpoint in opened else ENOUGH):
                continue
            seen.add(address)
            counted[endpoint] = counted.get(endpoint, 0) + 1
            response = visitor.client.get(address)
            if response.status_code in (302, 303):
                waiting.append(response.headers["Location"])
            if response.status_code != 200 or response.mimetype != "text/html":
                continue
            letters = len(response.text)
            if endpoint not in found or letters > found[endpoint].letters:
                found[endpoint] = Place(endpoint, address, person, letters)
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(response.text)]
    return found


def seeds(app: Flask) -> list[str]:
    """The addresses that need no record: each may be typed."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    return sorted(rule.rule for rule in rules if rule.endpoint not in NO_PAGES)


def endpoint_of(app: Flask, address: str) -> str | None:
    """The endpoint that answers a GET of an address."""
    path = address.partition("?")[0]
    try:
        return str(app.url_map.bind("localhost").match(path, "GET")[0])
    except (RequestRedirect, HTTPException):
        return None


def expected(app: Flask) -> set[str]:
    """Every endpoint that is a page, as the routes say."""
    every = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return every - NO_PAGES - UNLINKED - set(exported(app))
