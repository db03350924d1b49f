"""A demo agency in a folder of its own, loaded once with the clock at the case's own days."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from agency.app import create_app
from agency.entrypoints.cli.demo import command
from agency.kit import clock
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings
from agency.people.accounts import queries as persons
from tests.cast import Cast
from tests.pages import Visitor

# The Wednesday after the Friday of status no. 1: no day of the case has to be moved.
NOW = datetime(2026, 12, 23, 11, 0, tzinfo=ZoneInfo("Europe/Moscow"))
# So many addresses of one page that differ by their choices are walked.
FEW = 3
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')


def empty(settings: Settings, folder: Path) -> Flask:
    """An app with empty tables in a folder."""
    own = replace(
        settings, data=folder, database_url=f"sqlite:///{folder}/agency.db", storage_url=f"file://{folder}/files",
    )
    app = create_app(own)
    with app.app_context(), database.unit():
        db.metadata.create_all(db.session.connection())
    return app


def load(app: Flask, *args: str) -> int:
    """`agency demo`, on the day of the case."""
    with clock.at(NOW):
        return command.main(app, args)


@contextmanager
def crashing() -> Iterator[None]:
    """Break off the loading at its end, where the passwords are written."""

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    before = command.write_cards
    command.write_cards = crash
    try:
        yield
    finally:
        command.write_cards = before


def visitor(app: Flask, email: str) -> Visitor:
    """A browser of one of the demo's people."""
    with app.app_context():
        person = persons.by_email(email)
        assert person is not None, email
        cast = Cast({email: person.id})
    with clock.at(NOW):
        return Visitor(app, cast, email)


def walk(visitor: Visitor, start: str, limit: int = 400) -> tuple[set[str], list[str]]:
    """Every page that can be reached by links, each looked at; answers them, and the links that lead nowhere.

    Of a page that differs by its choices alone (the calendar has no last month) a few are enough.
    """
    seen: set[str] = set()
    chosen: Counter[str] = Counter()
    dead: list[str] = []
    waiting = [(start, "the start")]
    with clock.at(NOW):
        while waiting and len(seen) < limit:
            address, source = waiting.pop(0)
            path, _, choice = address.partition("?")
            if address in seen or address.startswith("/static/") or (choice and chosen[path] >= FEW):
                continue
            seen.add(address)
            chosen[path] += bool(choice)
            # Ten tables an hour are enough for a person; that one is there can be asked without taking it along.
            response = visitor.client.open(address, method="HEAD" if path.endswith("/table") else "GET")
            if response.status_code >= 400:
                dead.append(f"{source} -> {address}: {response.status_code}")
            elif response.status_code in (302, 303):
                waiting.append((response.headers["Location"], address))
            elif response.mimetype == "text/html":
                visitor._look(response, 200)
                waiting += [(link.replace("&amp;", "&"), address) for link in LINK.findall(response.text)]
    return seen, dead


def mode_of(path: Path) -> int:
    """The permission bits of a file."""
    return path.stat().st_mode & 0o777
