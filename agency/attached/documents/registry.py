"""The list of all kinds of documents: each room declares its own in its documents.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Context = Callable[[Any, str], dict[str, Any]]


@dataclass(frozen=True)
class Sheet:
    """One kind of document: what it shows and the template that lays it out."""

    kind: str
    template: str
    context: Context


_sheets: dict[str, Sheet] = {}


def document(kind: str, template: str) -> Callable[[Context], Context]:
    """Declare that the decorated `(record, audience) -> context` makes documents of this kind."""

    def declare(context: Context) -> Context:
        if kind in _sheets and _sheets[kind].context.__module__ != context.__module__:
            raise ValueError(f"two rooms declare the document {kind}")
        _sheets[kind] = Sheet(kind, template, context)
        return context

    return declare


def sheet(kind: str) -> Sheet:
    """The declared kind; raises KeyError for an unknown one."""
    return _sheets[kind]


def sheets() -> list[Sheet]:
    """Every declared kind, by name."""
    return [_sheets[kind] for kind in sorted(_sheets)]
