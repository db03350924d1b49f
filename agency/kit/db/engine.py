"""How a connection is opened: pragmas, read-only transactions, and the migrations."""

from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import Engine, event, exc
from sqlalchemy.engine import Connection
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from agency.kit.db.base import db
from agency.kit.db.settling import write_out
from agency.kit.db.units import alone, writing

MIGRATIONS = Path(__file__).parents[2] / "migrations"

PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON",
    "recursive_triggers=ON", "trusted_schema=OFF", "journal_size_limit=67108864",
    # Two megabytes do not hold what one page of a large agency touches. The file is not mapped into memory instead:
    # each write of anybody else would end the whole map, and to meet hundreds of places anew costs more than reading.
    "cache_size=-16000",
    # Each list a question looks in, and each order it puts rows in, is a small table of its own. One that might have
    # to move to a file takes and gives back a hundred kilobytes, which cost more than the answer.
    "temp_store=MEMORY",
)

# Waiting for a lock ends as on SQLite, and who fell asleep within a unit does not keep the others out for ever.
POSTGRES = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s'; SET TIME ZONE 'UTC'"
WRITERS = 7_141
# All pages together ask about so many questions; each is compiled once, and kept open beside its connection.
KNOWN = 1_000
# One connection, and a quarter of a second to wait for one's turn at it.
BY_TURNS = {"pool_size": 1, "max_overflow": 0, "timeout": 0.25}


class Apart(QueuePool):
    """One connection that reads and refuses to write, used by turns; and apart from it those that write.

    Were one used for both by turns, SQLite would have to be told of each turn by a pragma, and would forget at every
    pragma how it answers the questions it knows: a write cost the next page as much again.

    What a connection has read is forgotten at the next write of anybody, so threads that compute one at a time anyway
    read faster through one connection than each through its own. Whoever waits in vain for a turn, because somebody
    reads for long, takes a further connection.
    """

    writers: "Apart | None" = None
    further: "Apart | None" = None
    is_of_writers = False

    def __init__(self, *some: Any, **more: Any) -> None:
        super().__init__(*some, **more | BY_TURNS)

    def connect(self) -> PoolProxiedConnection:
        """A connection for what is about to happen."""
        if writing() and not self.is_of_writers:
            if self.writers is None:
                self.writers = self._like(of_writers=True)
            return self.writers.connect()
        try:
            return super().connect()
        except exc.TimeoutError:
            if self.further is None:
                self.further = self._like(self.is_of_writers)
            return self.further.connect()

    def _like(self, of_writers: bool) -> "Apart":
        pool = self.recreate()
        pool.is_of_writers = of_writers
        return pool

    def recreate(self) -> "Apart":
        """An empty pool like this one."""
        return cast("Apart", super().recreate())

    def dispose(self) -> None:
        """Close the connections of all kinds."""
        super().dispose()
        for pool in (self.writers, self.further):
            if pool is not None:
                pool.dispose()


def setup(app: Flask, url: str) -> None:
    """Bind the app to the database at `url`, with read-only transactions outside units."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    own = {
        # What a question says in many places (the words of a search, one's clients) is handed over once, by its name.
        "connect_args": {"timeout": 5, "cached_statements": KNOWN}, "poolclass": Apart, "paramstyle": "named",
    } if _is_sqlite(url) else {"pool_pre_ping": True}  # fmt: skip
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"query_cache_size": KNOWN, **own}
    db.init_app(app)
    with app.app_context():
        _listen(db.engine)
        write_out(db.engine)


def _is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _open_postgres)
        event.listen(engine, "begin", _begin_postgres)


def _open_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: it opens none for SELECT, and updates get lost.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if not writing():
        connection.execute("PRAGMA query_only=ON")


def _begin_sqlite(connection: Connection) -> None:
    # What cannot fail goes to the driver itself: every page begins with it.
    if writing():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN")


def _open_postgres(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(POSTGRES)
    connection.commit()


def _begin_postgres(connection: Connection) -> None:
    if not writing():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    elif alone():
        # What a unit reads must still hold when it writes. SQLite lets one writer in at a time; here the units of
        # all machines queue at one lock, and readers never do. SERIALIZABLE would refuse units for each other's sake
        # on every table as small as ours, and each would have to be done again.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


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
