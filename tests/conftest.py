"""One app a process, one fresh database a test, and the cast in it."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import gettempdir

import pytest
from flask import Flask

from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings
from tests.cast import Cast
from tests.installations import Installation, OnPostgres, OnSqlite
from tests.pages import Visitor
from tests.postgres import Server

DATABASES = SQLITE, POSTGRES = "sqlite", "postgres"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let everything that touches rows run on PostgreSQL."""
    parser.addoption("--postgres", action="store_true", help="run every test that touches rows on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `on_both` runs on SQLite and on PostgreSQL."""
    if metafunc.definition.get_closest_marker("on_both") and not metafunc.config.getoption("postgres"):
        metafunc.parametrize("installation", DATABASES, indirect=True)


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
def postgres() -> Iterator[Server]:
    """The PostgreSQL of this run, not started before somebody asks it something."""
    # Not in pytest's own folder: each run of pytest shuts that to other users, and root's server runs as one.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(gettempdir()) / f"agency-postgres-{run}"
    server = Server(folder, os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def installations(settings: Settings, postgres: Server) -> Callable[[str], Installation]:
    """The installation on one of the databases, built when it is first asked for."""
    return cache(lambda name: OnPostgres(settings, postgres) if name == POSTGRES else OnSqlite(settings))


@pytest.fixture
def installation(request: pytest.FixtureRequest, installations: Callable[[str], Installation]) -> Installation:
    """The installation of this test: on SQLite, on both where the test is marked so, or as `--postgres` says."""
    return installations(getattr(request, "param", DATABASES[request.config.getoption("postgres")]))


@pytest.fixture
def app(installation: Installation) -> Iterator[Flask]:
    """The app with a fresh database that holds the cast."""
    app = installation.fresh()
    yield app
    with app.app_context():
        db.session.remove()


@pytest.fixture
def on_postgres(installations: Callable[[str], Installation]) -> Iterator[Installation]:
    """The installation on PostgreSQL, fresh, for what only many writers at once can show."""
    found = installations(POSTGRES)
    found.fresh()
    yield found
    found.let_go()


@pytest.fixture
def cast(app: Flask, installation: Installation) -> Cast:
    """Everybody who may appear, by name."""
    return installation.cast


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
