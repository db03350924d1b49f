"""What an answer is for each kind of field: whether it says something, and all its words. Pure."""

from collections.abc import Iterator
from typing import Any

from agency.flow.briefs.catalogue import Field
from agency.kit.words import lazy

AUDIENCE = (
    ("segment", lazy("Who they are")),
    ("demography", lazy("Age, family, income")),
    ("geo", lazy("Where they live")),
    ("behaviour", lazy("What they do now")),
    ("need", lazy("What they need")),
    ("barrier", lazy("What holds them back")),
    ("role", lazy("Role in the decision")),
    ("size", lazy("How many they are")),
    ("priority", lazy("Priority")),
)
VAT = (("with", lazy("with VAT")), ("without", lazy("without VAT")))
NOTHING = frozenset({"", "-", "–", "—", "?", "...", "…", "n/a"})


def is_answered(field: Field, value: Any) -> bool:
    """Whether the value answers the question; a dash is no answer, `False` is one."""
    match field.kind:
        case "bool":
            return value is not None
        case "many":
            return any(_says(item) for item in value or [])
        case "money":
            return bool(value) and value.get("amount") is not None
        case "range":
            return bool(value) and bool(value.get("from")) and bool(value.get("until"))
        case "person":
            return bool(value) and bool(value.get("person_id"))
        case "aud":
            return bool(value) and _says(value.get("segment"))
        case "table":
            return any(_says(row.get(field.columns[0].code)) for row in value or [])
        case _:
            return _says(value)


def _says(value: Any) -> bool:
    return value is not None and str(value).strip() not in NOTHING


def words_of(value: Any) -> Iterator[str]:
    """Every piece of text inside a value, for what looks at words alone."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from words_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from words_of(item)


def fitted(value: Any, source: Field, target: Field) -> Any:
    """A client's answer as the beginning of a craft field of the same code; None when it cannot be one."""
    if not value:
        return None
    if source.kind == "many" and target.kind == "table":
        first = target.columns[0].code
        return [{column.code: item if column.code == first else "" for column in target.columns} for item in value]
    if source.kind != target.kind:
        return None
    if target.kind == "table":
        return [{column.code: row.get(column.code, "") for column in target.columns} for row in value]
    return value
