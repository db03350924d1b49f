"""The agency as the tests have it, on either database: built once, fresh for every test."""

import json
import shutil
from abc import ABC, abstractmethod
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection

from agency.app import create_app
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings
from tests import cast as players
from tests.cast import Cast
from tests.postgres import Server

CAST = "cast"


class Installation(ABC):
    """One app with its cast; what was kept under a name can be had back again and again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.app: Flask = create_app(settings)
        # What the walk keeps beside the database: who the twins are, and which doors they have.
        self.lived: Any = None
        self.cast = self._furnish()

    def fresh(self, name: str = CAST) -> Flask:
        """The app with the database as it was kept under a name."""
        self._rest()
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

    def _rest(self) -> None:
        self.let_go()

    @abstractmethod
    def _bring_back(self, name: str) -> None:
        """Put the database back as it was kept under a name."""

    @abstractmethod
    def _put_aside(self, name: str) -> None:
        """Keep the database under a name."""


class OnSqlite(Installation):
    """Kept as files beside the living one."""

    def _bring_back(self, name: str) -> None:
        _copy(self.settings.data / f"{name}.db", self.settings.data / "agency.db")

    def _put_aside(self, name: str) -> None:
        _copy(self.settings.data / "agency.db", self.settings.data / f"{name}.db")


class OnPostgres(Installation):
    """Kept as a second set of the tables in the same database, which is far cheaper than another database.

    The cast is written once for all processes of the run.
    """

    def __init__(self, settings: Settings, server: Server) -> None:
        self.server = server
        self.name = server.named("agency")
        super().__init__(replace(settings, database_url=server.url(self.name)))

    def _furnish(self) -> Cast:
        told = self.server.folder / "cast.json"
        with self.server.alone(CAST):
            if not told.exists():
                self.server.empty("agency")
                told.write_text(json.dumps(asdict(super()._furnish())))
                self.server.copied(self.name, CAST)
            elif not self.server.exists(self.name):
                self.server.copied(CAST, self.name)
        return Cast(**json.loads(told.read_text()))

    def _rest(self) -> None:
        # A new connection costs far more than a page, so those that nobody holds any more are used again.
        with self.app.app_context():
            db.session.remove()
            held = db.engine.pool.checkedout()
        if held:
            self.let_go()
            self.server.cut_off(self.name)

    def _bring_back(self, name: str) -> None:
        # No trigger and no foreign key speaks while the rows of one moment are exchanged for those of another.
        steps = ["BEGIN", "SET LOCAL session_replication_role = replica"]
        for table in _tables():
            steps.append(f'DELETE FROM "{table}"')
            if table in self._filled(name):
                steps.append(f'INSERT INTO "{table}" SELECT * FROM kept_{name}."{table}"')
        steps.append(f"SELECT setval(name::regclass, coalesce(last, 1), last IS NOT NULL) FROM kept_{name}.numbers")
        self.server.tell_in(self.name, "; ".join([*steps, "COMMIT"]))

    def _put_aside(self, name: str) -> None:
        steps = [f"DROP SCHEMA IF EXISTS kept_{name} CASCADE", f"CREATE SCHEMA kept_{name}"]
        steps += [f'CREATE TABLE kept_{name}."{table}" AS TABLE public."{table}"' for table in _tables()]
        steps.append(
            f"CREATE TABLE kept_{name}.numbers AS SELECT quote_ident(sequencename) AS name, last_value AS last"
            " FROM pg_sequences WHERE schemaname = 'public'",
        )
        self.server.tell_in(self.name, "; ".join(steps))
        # The same name may stand for another moment now.
        type(self)._filled.cache_clear()

    @cache  # noqa: B019 - there is one installation a process
    def _filled(self, name: str) -> set[str]:
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM kept_{name}.\"{table}\")" for table in _tables())
        return {row[0] for row in self.server.tell_in(self.name, " UNION ALL ".join(asked))}


def _tables() -> list[str]:
    return [table.name for table in db.metadata.sorted_tables]


def furnish(app: Flask) -> Cast:
    """Make the tables and let the cast in."""
    with app.app_context():
        with database.unit():
            lay_tables(db.session.connection())
        with database.unit():
            cast = players.assemble()
        db.session.remove()
        db.engine.dispose()
    return cast


def lay_tables(connection: Connection) -> None:
    """Make every table of the models."""
    db.metadata.create_all(connection)
    # On PostgreSQL a reference between tables that need each other is added afterwards; SQLAlchemy then leaves it out
    # wherever this process makes the tables again.
    for table in db.metadata.tables.values():
        for reference in table.foreign_key_constraints:
            reference._create_rule = None


def _copy(source: Path, target: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        Path(f"{target}{tail}").unlink(missing_ok=True)
        if Path(f"{source}{tail}").exists():
            shutil.copyfile(f"{source}{tail}", f"{target}{tail}")
