"""The agency as the tests have it, on either database: built once, fresh for every test."""

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from flask import Flask

from agency.app import create_app
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings
from tests import cast as players
from tests.cast import Cast
from tests.postgres import Server

CAST = "cast"


class Installation:
    """One app with its cast; what was kept under a name can be had back again and again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.app: Flask = create_app(settings)
        # What the walk keeps beside the database: who the twins are, and which doors they have.
        self.lived: Any = None
        self.cast = self._furnish()

    def fresh(self, name: str = CAST) -> Flask:
        """The app with the database as it was kept under a name."""
        self.let_go()
        self._bring_back(name)
        return self.app

    def keep(self, name: str) -> None:
        """Keep the database as it stands."""
        self.let_go()
        self._put_aside(name)

    def let_go(self) -> None:
        """Close every connection to the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def _furnish(self) -> Cast:
        cast = furnish(self.app)
        self.keep(CAST)
        return cast

    def _bring_back(self, name: str) -> None:
        raise NotImplementedError

    def _put_aside(self, name: str) -> None:
        raise NotImplementedError


class OnSqlite(Installation):
    """Kept as files beside the living one."""

    def _bring_back(self, name: str) -> None:
        _copy(self.settings.data / f"{name}.db", self.settings.data / "agency.db")

    def _put_aside(self, name: str) -> None:
        _copy(self.settings.data / "agency.db", self.settings.data / f"{name}.db")


class OnPostgres(Installation):
    """Kept as databases of the run's own server; the cast is written once for all processes."""

    def __init__(self, settings: Settings, server: Server) -> None:
        self.server = server
        super().__init__(replace(settings, database_url=server.url(server.named("agency"))))

    def _furnish(self) -> Cast:
        told = self.server.folder / "cast.json"
        with self.server.alone(CAST):
            if told.exists():
                return Cast(**json.loads(told.read_text()))
            self.server.empty("agency")
            cast = furnish(self.app)
            self.let_go()
            self.server.copied(self.server.named("agency"), CAST)
            told.write_text(json.dumps(asdict(cast)))
        return cast

    def _bring_back(self, name: str) -> None:
        self.server.copied(self._full(name), self.server.named("agency"))

    def _put_aside(self, name: str) -> None:
        self.server.copied(self.server.named("agency"), self._full(name))

    def _full(self, name: str) -> str:
        return CAST if name == CAST else self.server.named(name)


def furnish(app: Flask) -> Cast:
    """Make the tables and let the cast in."""
    with app.app_context():
        with database.unit():
            db.metadata.create_all(db.session.connection())
        with database.unit():
            cast = players.assemble()
        db.session.remove()
        db.engine.dispose()
    return cast


def _copy(source: Path, target: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        Path(f"{target}{tail}").unlink(missing_ok=True)
        if Path(f"{source}{tail}").exists():
            shutil.copyfile(f"{source}{tail}", f"{target}{tail}")
