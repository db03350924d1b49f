"""The twins on the stage: lived once a session, a fresh copy of their database for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from agency.entrypoints.portal import links
from agency.flow.projects.models import Project
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.queue import SYSTEM
from agency.kit.settings import Settings
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk import doors, world
from tests.walk.doors import Door
from tests.walk.world import Twin

Holder = Callable[..., Visitor]
EVERYTHING = ("view", "answer", "decide")
Lived = tuple[tuple[Twin, Twin], Path, list[Door]]


@pytest.fixture(scope="session")
def lived(built: tuple[Flask, Cast, Path], settings: Settings) -> Lived:
    """Both twins, the database file in which they lived, and every door that leads to what they have."""
    app, cast, template = built
    live, kept = settings.data / "agency.db", settings.data / "twins.db"
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    _copy(template, live)
    with app.app_context():
        with database.unit():
            pair = world.build(cast)
        found = doors.all_doors(app)
        db.session.remove()
        db.engine.dispose()
    _copy(live, kept)
    return pair, kept, found


@pytest.fixture
def twins(lived: Lived, app: Flask, settings: Settings) -> tuple[Twin, Twin]:
    """The twins in a database of this test's own."""
    pair, kept, _doors = lived
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    _copy(kept, settings.data / "agency.db")
    return pair


@pytest.fixture
def every_door(lived: Lived) -> list[Door]:
    """Each route and method with each record it finds."""
    return lived[2]


def _copy(source: Path, target: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        Path(f"{target}{tail}").unlink(missing_ok=True)
        if Path(f"{source}{tail}").exists():
            shutil.copyfile(f"{source}{tail}", f"{target}{tail}")


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
