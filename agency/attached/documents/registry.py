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
    inner_needs: str | None = None


_sheets: dict[str, Sheet] = {}


def document(kind: str, template: str, inner_needs: str | None = None) -> Callable[[Context], Context]:
    """Declare that the decorated `(record, audience) -> context` makes documents of this kind.

    `inner_needs` is a policy key that the inner face asks beyond seeing the record, as costs do.
    """

    def declare(context: Context) -> Context:
        if kind in _sheets and _sheets[kind].context.__module__ != context.__module__:
            raise ValueError(f"two rooms declare the document {kind}")
        _sheets[kind] = Sheet(kind, template, context, inner_needs)
        return context

    return declare


def sheet(kind: str) -> Sheet:
    """The declared kind; raises KeyError for an unknown one."""
    return _sheets[kind]


def inner_needs(kind: str) -> str | None:
    """The right that the inner face of this kind asks for; none for a kind that is no longer made."""
    return _sheets[kind].inner_needs if kind in _sheets else None


def sheets() -> list[Sheet]:
    """Every declared kind, by name."""
    return [_sheets[kind] for kind in sorted(_sheets)]
