"""Triggers that refuse a change even to whoever speaks SQL, or let one follow another; said once for both databases."""

from collections.abc import Iterator, Mapping

from sqlalchemy import DDL, MetaData, event


def refusal(dialect: str, table: str, verb: str, when: str, sentence: str) -> Iterator[str]:
    """The DDL of a trigger that refuses INSERT, UPDATE or DELETE of a row while `when` holds."""
    name = f"{table}_frozen_{verb.lower()}"
    if dialect == "sqlite":
        yield (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when}"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    # PostgreSQL allows no subquery in WHEN, so the condition stands in a function of its own.
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {when} THEN"
        f" RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END IF;"
        f" RETURN {'OLD' if verb == 'DELETE' else 'NEW'}; END $$ LANGUAGE plpgsql"
    )
    yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def guard(metadata: MetaData, table: str, verb: str, when: str, sentence: str) -> None:
    """Make the trigger together with its table."""
    for dialect in ("sqlite", "postgresql"):
        for statement in refusal(dialect, table, verb, when, sentence):
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            event.listen(metadata.tables[table], "after_create", ddl)


def guard_whole(metadata: MetaData, table: str, sentence: str) -> None:
    """Refuse TRUNCATE too, which only PostgreSQL knows and no row's trigger notices."""
    name = f"{table}_frozen_truncate"
    for statement in (
        (f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
        f" RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql"),
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ):
        event.listen(metadata.tables[table], "after_create", DDL(statement).execute_if(dialect="postgresql"))


def following(dialect: str, table: str, name: str, deeds: Mapping[str, str]) -> Iterator[str]:
    """The DDL of triggers that do something after an INSERT, UPDATE or DELETE of a row of a table."""
    for verb, deed in deeds.items():
        whole = f"{table}_{name}_{verb.lower()}"
        if dialect == "sqlite":
            yield f"CREATE TRIGGER {whole} AFTER {verb} ON {table} BEGIN {deed} END"
            continue
        yield (
            f"CREATE OR REPLACE FUNCTION {whole}() RETURNS trigger AS $$ BEGIN {deed} RETURN NULL; END $$"
            " LANGUAGE plpgsql"
        )
        yield f"CREATE TRIGGER {whole} AFTER {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {whole}()"


def follow(metadata: MetaData, table: str, name: str, deeds: Mapping[str, str]) -> None:
    """Make such triggers together with their table."""
    for dialect in ("sqlite", "postgresql"):
        for statement in following(dialect, table, name, deeds):
            event.listen(metadata.tables[table], "after_create", DDL(statement).execute_if(dialect=dialect))
