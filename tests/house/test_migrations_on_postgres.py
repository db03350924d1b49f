"""On PostgreSQL too the migrations make exactly what the models speak of: columns, constraints, indexes, triggers."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from agency.app import create_app
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings
from tests.installations import lay_tables
from tests.postgres import Server

SHAPE = """
SELECT 'column', table_name || '.' || column_name, concat_ws(' ', data_type, is_nullable, column_default,
    character_maximum_length, collation_name) FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger
    WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def shape(url: str) -> dict[tuple[str, str], str]:
    """Everything a database is made of."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text(SHAPE)).all()
    engine.dispose()
    return {(kind, name): told for kind, name, told in rows if "alembic_version" not in name}


@pytest.mark.postgres
def test_the_migrations_and_the_models_agree_on_postgresql(postgres: Server, settings: Settings) -> None:
    migrated, modelled = postgres.empty("migrated"), postgres.empty("modelled")
    app = create_app(replace(settings, database_url=migrated))
    database.upgrade(app)
    database.upgrade(app)
    with app.app_context():
        db.engine.dispose()
    engine = create_engine(modelled)
    with engine.begin() as connection:
        lay_tables(connection)
    engine.dispose()
    made, meant = shape(migrated), shape(modelled)
    assert made.keys() == meant.keys()
    assert {name: (made[name], meant[name]) for name in made if made[name] != meant[name]} == {}
    kinds = {kind for kind, _ in made}
    assert kinds == {"column", "constraint", "index", "trigger", "function"}
