"""What of a brief stands still from the moment it leaves draft, by trigger on both databases."""

from collections.abc import Iterator

from sqlalchemy import MetaData

from agency.kit.db import triggers

FROZEN = "a brief that has left draft is frozen"
CONTENT = (
    "id", "project_id", "client_id", "type", "type_version", "department", "n", "number", "language", "author_id",
    "source_id", "previous_id", "sent_at", "sent_by_id", "content_hash", "created_at",
)  # fmt: skip
OF_BRIEF = "(SELECT state FROM briefs WHERE id = {row}.brief_id)"
OF_PART = "(SELECT b.state FROM briefs b JOIN brief_parts p ON p.brief_id = b.id WHERE p.id = {row}.part_id)"


def _not_draft(state: str, *rows: str) -> str:
    return "(" + " OR ".join(f"{state.format(row=row)} <> 'draft'" for row in rows) + ")"


def conditions() -> Iterator[tuple[str, str, str]]:
    """Table, verb, and when the verb is refused."""
    for table, state in (("brief_parts", OF_BRIEF), ("brief_requirements", OF_BRIEF), ("part_marks", OF_PART)):
        yield table, "INSERT", _not_draft(state, "NEW")
        yield table, "UPDATE", _not_draft(state, "OLD", "NEW")
        yield table, "DELETE", _not_draft(state, "OLD")
    differs = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in CONTENT)
    yield "briefs", "UPDATE", f"OLD.state <> 'draft' AND ({differs} OR NEW.state = 'draft')"
    yield "briefs", "DELETE", "OLD.state <> 'draft'"


def guard(metadata: MetaData) -> None:
    """Make the triggers together with the tables."""
    for table, verb, when in conditions():
        triggers.guard(metadata, table, verb, when, FROZEN)


def statements(dialect: str) -> Iterator[str]:
    """Every trigger as DDL, for the migration that first makes the tables."""
    for table, verb, when in conditions():
        yield from triggers.refusal(dialect, table, verb, when, FROZEN)
