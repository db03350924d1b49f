"""Triggers that refuse a change of a frozen smeta even to whoever speaks SQL, on both databases."""

from collections.abc import Iterator

from sqlalchemy import DDL, MetaData, event

# What a version says; all of it stands still from the moment the version leaves draft.
CONTENT = (
    "id", "project_id", "client_id", "kind", "n", "number", "title", "language", "currency", "vat_mode", "tax_rate",
    "rounding", "discount_percent", "commission_mode", "commission_percent", "price_kind", "valid_until", "basis",
    "terms", "note", "based_on_id", "author_id", "edited_by_id", "edited_at", "net", "vat", "gross", "cost",
    "created_at",
)  # fmt: skip
SEALED = ("sent_at", "sent_on", "content_hash", "cleared_by_id")
SCHEDULE = ("id", "smeta_id", "client_id", "ordinal", "percent", "fixed", "trigger", "words", "due_on", "amount")

# Written once, by the client's yes.
OWED = '(OLD."owed_in" IS NOT NULL AND OLD."owed_in" IS DISTINCT FROM NEW."owed_in")'

STATE = "(SELECT state FROM smetas WHERE id = {row}.smeta_id)"
STATE_BY_LINE = (
    "(SELECT smetas.state FROM smetas JOIN smeta_lines ON smeta_lines.smeta_id = smetas.id"
    " WHERE smeta_lines.id = {row}.line_id)"
)

FROZEN = "a smeta that has left draft is frozen"


def _differs(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in columns) + ")"


def _not_draft(state: str, *rows: str) -> str:
    return "(" + " OR ".join(f"{state.format(row=row)} <> 'draft'" for row in rows) + ")"


def _conditions() -> Iterator[tuple[str, str, str]]:
    """Table, verb and when the verb is refused."""
    for table, state in (("smeta_lines", STATE), ("line_marks", STATE_BY_LINE), ("payment_rows", STATE)):
        yield table, "INSERT", _not_draft(state, "NEW")
        yield table, "DELETE", _not_draft(state, "OLD")
        either = _not_draft(state, "OLD", "NEW")
        yield table, "UPDATE", f"{either} AND ({_differs(SCHEDULE)} OR {OWED})" if table == "payment_rows" else either
    yield "smetas", "DELETE", "OLD.state <> 'draft' OR OLD.sent_at IS NOT NULL"
    yield "smetas", "UPDATE", (
        f"(OLD.state <> 'draft' AND {_differs(CONTENT)})"
        f" OR (OLD.sent_at IS NOT NULL AND ({_differs(SEALED)} OR NEW.state IN ('draft', 'internal_review', 'ready')))"
        " OR (OLD.sent_at IS NOT NULL AND OLD.state <> 'sent' AND NEW.state <> OLD.state)"
    )


def statements(dialect: str) -> Iterator[tuple[str, str]]:
    """Every trigger of a database as (table, DDL); also for the migration that first makes the tables."""
    for table, verb, refused in _conditions():
        name = f"{table}_frozen_{verb.lower()}"
        if dialect == "sqlite":
            yield table, (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {refused}"
                f" BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
            )
        else:
            yield from _on_postgresql(table, verb, name, refused)


def _on_postgresql(table: str, verb: str, name: str, refused: str) -> Iterator[tuple[str, str]]:
    # PostgreSQL allows no subquery in WHEN, so the condition stands in a function of its own.
    yield table, (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {refused} THEN"
        f" RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'restrict_violation'; END IF;"
        f" RETURN {'OLD' if verb == 'DELETE' else 'NEW'}; END $$ LANGUAGE plpgsql"
    )
    yield table, f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def guard(metadata: MetaData) -> None:
    """Make the triggers together with the tables."""
    for dialect in ("sqlite", "postgresql"):
        for table, statement in statements(dialect):
            event.listen(metadata.tables[table], "after_create", DDL(statement).execute_if(dialect=dialect))
