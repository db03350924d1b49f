"""A document's context frozen into plain JSON, so that the PDF shows what was true when it was wanted."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import nh3
from markupsafe import Markup

TAGS = {"p", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code"}
MARK = "$"


@dataclasses.dataclass(frozen=True)
class Picture:
    """A stored picture for a document, by its storage key."""

    key: str


def picture(key: str | None) -> Picture | None:
    """A stored picture, or none where there is no key."""
    return Picture(key) if key else None


def freeze(value: Any, place: str = "context") -> Any:
    """Turn a context into JSON values; raises TypeError naming the place of what cannot be kept.

    Floats are refused (money and hours are whole numbers), and so are rows of the database.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Markup):
        return {MARK: "html", "v": nh3.clean(_clean(value), tags=TAGS, attributes={"a": {"href"}}, link_rel=None)}
    if isinstance(value, str):
        return _clean(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type | Picture):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {_name(key, place): freeze(item, f"{place}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [freeze(item, f"{place}[{number}]") for number, item in enumerate(value)]
    return _freeze_one(value, place)


def _freeze_one(value: Any, place: str) -> Any:
    match value:
        case Decimal():
            return {MARK: "decimal", "v": str(value)}
        case datetime():
            return {MARK: "instant", "v": value.isoformat()}
        case date():
            return {MARK: "day", "v": value.isoformat()}
        case Picture():
            return {MARK: "picture", "v": value.key}
    if type(value).__name__ == "Lazy":  # a sentence: spoken now, in the document's language
        return _clean(str(value))
    raise TypeError(f"{place} is a {type(value).__name__}: give the document plain values")


THAWED: dict[str, Callable[[str], Any]] = {
    "html": Markup, "decimal": Decimal, "instant": datetime.fromisoformat, "day": date.fromisoformat,
}  # fmt: skip


def thaw(value: Any, picture: Callable[[str], str]) -> Any:
    """Turn frozen JSON back into values for a template; `picture` tells the address of a stored picture."""
    if isinstance(value, list):
        return [thaw(item, picture) for item in value]
    if not isinstance(value, dict):
        return value
    if MARK not in value:
        return {name: thaw(item, picture) for name, item in value.items()}
    kind, kept = value[MARK], value["v"]
    return picture(kept) if kind == "picture" else THAWED[kind](kept)


def fingerprint(**parts: Any) -> str:
    """The SHA-256 of everything a document is made of, in one canonical writing."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _clean(text: str) -> str:
    # A pasted NUL or half a surrogate pair would stop the database or the press.
    return str(text).encode("utf-8", "replace").decode().replace("\0", "")


def _name(key: Any, place: str) -> str:
    if not isinstance(key, str) or key.startswith(MARK):
        raise TypeError(f"{place}: {key!r} cannot be a name")
    return key
