"""One app a process, one fresh database a test, and the cast in it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from agency.app import create_app
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings
from tests import cast as players
from tests.cast import Cast
from tests.pages import Visitor


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a test installation in a folder of its own, with no queue server listening."""
    data = tmp_path_factory.mktemp("var")
    return Settings(
        url="http://localhost", host="127.0.0.1", port=0, data=data, database_url=f"sqlite:///{data}/agency.db",
        redis_url=f"unix://{data}/absent.sock", storage_url=f"file://{data}/files", smtp_url="",
        mail_from="Агентство Демо <hello@agency.example>", secret_key="a secret for tests only, long enough",
        timezone="Europe/Moscow", testing=True,
    )


@pytest.fixture(scope="session")
def built(settings: Settings) -> tuple[Flask, Cast, Path]:
    """The app with a template database that holds the cast."""
    app = create_app(settings)
    with app.app_context():
        with database.unit():
            db.metadata.create_all(db.session.connection())
        with database.unit():
            cast = players.assemble()
        db.session.remove()
        db.engine.dispose()
    template = settings.data / "template.db"
    _copy(settings.data / "agency.db", template)
    return app, cast, template


@pytest.fixture
def app(built: tuple[Flask, Cast, Path], settings: Settings) -> Iterator[Flask]:
    """The app with a fresh copy of the template database."""
    app, _, template = built
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    _copy(template, settings.data / "agency.db")
    yield app
    with app.app_context():
        db.session.remove()


def _copy(source: Path, target: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        Path(f"{target}{tail}").unlink(missing_ok=True)
        if Path(f"{source}{tail}").exists():
            shutil.copyfile(f"{source}{tail}", f"{target}{tail}")


@pytest.fixture
def cast(app: Flask, built: tuple[Flask, Cast, Path]) -> Cast:
    """Everybody who may appear, by name."""
    return built[1]


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """An application context, for tests of operations; never held around a client."""
    with app.app_context():
        yield


@pytest.fixture
def unit(context: None) -> Iterator[object]:
    """An open unit of work, for tests of operations; committed at the end of the test."""
    with database.unit() as open_unit:
        yield open_unit


@pytest.fixture
def as_(app: Flask, cast: Cast) -> Callable[[str | None], Visitor]:
    """A browser of one of the cast (or of nobody) that looks at every page it gets."""
    return lambda name: Visitor(app, cast, name)
