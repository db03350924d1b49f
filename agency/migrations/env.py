"""Alembic's entry: runs migrations on the database the app is bound to."""

from alembic import context
from sqlalchemy import create_engine

from agency.kit.db.base import db


def run() -> None:
    """Run every pending migration in one transaction."""
    engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
