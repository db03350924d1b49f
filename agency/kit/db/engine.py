"""How a connection is opened: pragmas, read-only transactions, and the migrations."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from agency.kit.db.base import db
from agency.kit.db.units import writing

MIGRATIONS = Path(__file__).parents[2] / "migrations"

PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON",
    "recursive_triggers=ON", "trusted_schema=OFF", "journal_size_limit=67108864",
)


def setup(app: Flask, url: str) -> None:
    """Bind the app to the database at `url`, with read-only transactions outside units."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 5}} if url.startswith("sqlite") else {
        "pool_pre_ping": True,
    }
    db.init_app(app)
    with app.app_context():
        _listen(db.engine)


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgres)


def _open_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: it opens none for SELECT, and updates get lost.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if writing():
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if not writing():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def alembic_config(url: str) -> Config:
    """Alembic's settings for the database at `url`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(app: Flask) -> None:
    """Bring the database to the newest schema; safe to call on an up-to-date one."""
    with app.app_context():
        command.upgrade(alembic_config(app.config["SQLALCHEMY_DATABASE_URI"]), "head")
