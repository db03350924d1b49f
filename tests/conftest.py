"""One app a process, one fresh database a test, and the cast in it."""

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from zlib import crc32

import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as examples
from jinja2 import FileSystemBytecodeCache

from agency.kit import db as database
from agency.kit import words
from agency.kit.db import db, engine
from agency.kit.settings import Settings
from tests import spread
from tests.cast import Cast
from tests.figures import SOAKING
from tests.installations import Installation, OnPostgres, OnSqlite
from tests.pages import Visitor
from tests.postgres import Server

DATABASES = SQLITE, POSTGRES = "sqlite", "postgres"
# Of tests that need not run on both databases, one in so many does.
SAMPLE = 20

# Nor through what is being imported: a run makes much and throws little away.
gc.set_threshold(50_000, 20, 50)

# A busy machine makes an example slow, not wrong.
examples.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let everything that touches rows run on PostgreSQL."""
    parser.addoption("--postgres", action="store_true", help="run every test that touches rows on PostgreSQL alone")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spread.Spread:
    """What shares an expensive world shares a process."""
    return spread.Spread(config, log)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What touches rows runs on SQLite; promises, lists and a sample of the rest on PostgreSQL as well."""
    for place in {"installation", "database_url"} & set(metafunc.fixturenames):
        chosen = (POSTGRES,) if metafunc.config.getoption("postgres") else databases(metafunc.definition)
        metafunc.parametrize(place, chosen, indirect=True)


def databases(test: pytest.Function | Any) -> tuple[str, ...]:
    """The databases a test runs on; the sample is the same in every run, so that nothing is red by turns."""
    named = test.get_closest_marker("on_both") is not None
    room = Path(test.path).parent.name, Path(test.path).name
    drawn = crc32(test.nodeid.encode()) % SAMPLE == 0
    return DATABASES if named or room[0] == "promises" or room[1] == "test_queries.py" or drawn else (SQLITE,)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long begins first, so that all processes end together."""
    if not config.getoption("postgres") and not SOAKING:
        items[:] = [item for item in items if not _is_left_out(item)]
    items.sort(key=_turn)


def _is_left_out(item: pytest.Item) -> bool:
    """Whether a quick run leaves it to SQLite: of a walk by many people, the few named walk on PostgreSQL."""
    few, given = item.get_closest_marker("few_on_postgres"), getattr(getattr(item, "callspec", None), "params", {})
    return few is not None and given.get("installation") == POSTGRES and given.get("name") not in few.args


def _turn(item: pytest.Item) -> tuple[int, int]:
    """What is known to take long begins first, then what is slow."""
    return spread.turn(item.nodeid), -bool(item.get_closest_marker("slow"))


@pytest.fixture(scope="session", autouse=True)
def hasty() -> None:
    """In this process nothing waits for the disk: no test pulls the plug of the machine."""
    # What was imported stays for the whole run: the collector need not walk through it again and again.
    gc.freeze()
    engine.PRAGMAS = tuple(one.replace("synchronous=FULL", "synchronous=OFF") for one in engine.PRAGMAS)


@pytest.fixture(autouse=True)
def tongue() -> Iterator[None]:
    """What a request of the test before spoke is forgotten: outside requests tests speak the house's language."""
    words.speak(None)
    yield
    words.speak(None)


class Compiled(FileSystemBytecodeCache):
    """Templates compiled before, each once a language."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The language is part of the name."""
        return super().get_cache_key(f"{words.locale()}:{name}", filename)


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Templates are compiled once for all apps and processes of the run."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    folder = shared / "templates"
    folder.mkdir(exist_ok=True)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled(str(folder))}


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
    """The installation of this test, on the database it was asked for."""
    return installations(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, postgres: Server, tmp_path: Path) -> str:
    """The address of an empty database, for what brings tables of its own."""
    return postgres.empty("bare") if request.param == POSTGRES else f"sqlite:///{tmp_path}/base.db"


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
    # A copy: what one test adds to it is nobody's concern in the next.
    return replace(installation.cast, persons=dict(installation.cast.persons))


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
