"""The migrations make exactly the tables, constraints and triggers that the models speak of."""

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from agency.app import create_app
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings


def shape(path: Path) -> dict[str, str]:
    """Every table, index and trigger of a database, in one spelling."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: one_spelling(sql) for name, sql in rows if name != "alembic_version"}


def one_spelling(sql: str) -> str:
    flat = re.sub(r"\s+", " ", sql).replace('"', "").strip()
    head, _, body = flat.partition("(")
    if not flat.startswith("CREATE TABLE"):
        return flat
    # The order in which a table names its constraints means nothing.
    return head + "|".join(sorted(part.strip() for part in re.split(r",(?![^(]*\))", body.rstrip(")"))))


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    """A database made by the migrations alone."""
    settings = Settings(
        url="http://localhost", host="127.0.0.1", port=0, data=tmp_path, secret_key="a secret for tests only, long",
        database_url=f"sqlite:///{tmp_path}/migrated.db", redis_url="", storage_url="", smtp_url="",
        mail_from="a@agency.example", timezone="Europe/Moscow", testing=True,
    )
    app = create_app(settings)
    database.upgrade(app)
    database.upgrade(app)
    return tmp_path / "migrated.db"


def test_the_migrations_and_the_models_agree(app: object, migrated: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/modelled.db")
    db.metadata.create_all(engine)
    engine.dispose()
    made, meant = shape(migrated), shape(tmp_path / "modelled.db")
    assert made.keys() == meant.keys()
    assert {name for name in made if made[name] != meant[name]} == set()
