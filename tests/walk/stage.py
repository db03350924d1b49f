"""The twins on the stage: lived once a session, a fresh copy of their database for each test."""

from collections.abc import Callable

import pytest
from flask import Flask

from agency.entrypoints.portal import links
from agency.flow.projects.models import Project
from agency.kit import db as database
from agency.kit import limits
from agency.kit.db import db
from agency.kit.queue import SYSTEM
from tests.cast import Cast
from tests.installations import Installation
from tests.pages import Visitor
from tests.walk import doors, world
from tests.walk.doors import Door
from tests.walk.world import Twin

Holder = Callable[..., Visitor]
EVERYTHING = ("view", "answer", "decide")
Lived = tuple[tuple[Twin, Twin], list[Door]]
TWINS = "twins"


@pytest.fixture
def lived(installation: Installation) -> Lived:
    """Both twins and every door that leads to what they have; they live once, whoever looks at them later."""
    if installation.lived is None:
        app = installation.fresh()
        with app.app_context():
            with database.unit():
                pair = world.build(installation.cast)
            found = doors.all_doors(app)
        installation.keep(TWINS)
        installation.lived = pair, found
    return installation.lived


@pytest.fixture
def twins(lived: Lived, app: Flask, installation: Installation) -> tuple[Twin, Twin]:
    """The twins in a database of this test's own."""
    installation.fresh(TWINS)
    return lived[0]


@pytest.fixture
def every_door(lived: Lived) -> list[Door]:
    """Each route and method with each record it finds."""
    return lived[1]


@pytest.fixture
def holder(app: Flask, cast: Cast) -> Holder:
    """A browser that came by a mailed link of one contact to one project."""

    def come(name: str, project_id: int | None = None, actions: tuple[str, ...] = EVERYTHING) -> Visitor:
        with app.app_context(), database.unit():
            project = db.session.get(Project, project_id) if project_id else None
            address = links.mint(cast.person(name), project, actions, by=SYSTEM)
        visitor = Visitor(app, cast, None)
        visitor.for_client = True
        visitor.get(address.removeprefix("http://localhost"), status=303)
        return visitor

    return come


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told to wait: what is counted against a person has tests of its own."""
    monkeypatch.setattr(limits, "allow", lambda *_: True)
