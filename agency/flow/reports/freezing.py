"""What of a report stands still once it is sealed, and once it is sent, by trigger on both databases."""

from collections.abc import Iterator

from sqlalchemy import MetaData

from agency.kit.db import triggers

FROZEN = "a report that was approved or sent is frozen"
SEALED = (
    "id",
    "project_id",
    "client_id",
    "n",
    "language",
    "from_on",
    "until_on",
    "author_id",
    "gathered_at",
    "edited_by_id",
    "edited_at",
    "approved_by_id",
    "approved_at",
    "computed",
    "words",
    "lights",
    "content_hash",
    "created_at",
)
SENT = ("state", "sent_at", "sent_by_id", "recipients")


def _differs(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in columns) + ")"


def conditions() -> Iterator[tuple[str, str]]:
    """Verb, and when it is refused."""
    yield (
        "UPDATE",
        (
            f"(OLD.content_hash <> '' AND ({_differs(SEALED)} OR NEW.state NOT IN ('approved', 'sent')))"
            f" OR (OLD.sent_at IS NOT NULL AND {_differs(SENT)})"
            " OR (NEW.state = 'sent' AND NEW.content_hash = '')"
            " OR (OLD.state = 'discarded')"
        ),
    )
    yield "DELETE", "OLD.content_hash <> ''"


def guard(metadata: MetaData) -> None:
    """Make the triggers together with the table."""
    for verb, when in conditions():
        triggers.guard(metadata, "reports", verb, when, FROZEN)


def statements(dialect: str) -> Iterator[str]:
    """Every trigger as DDL, for the migration that first makes the table."""
    for verb, when in conditions():
        yield from triggers.refusal(dialect, "reports", verb, when, FROZEN)
