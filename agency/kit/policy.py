"""The engine of rights: keys, rules, and the one question `may`."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol


class Forbidden(Exception):
    """The actor may see the record but not do this to it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Actor(Protocol):
    """Whoever acts: a member of staff, a client contact, the system, or nobody yet."""

    @property
    def id(self) -> int | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...


Rule = Callable[[Any, Any], bool]
_rules: dict[str, Rule] = {}


def install(rules: Mapping[str, Rule]) -> None:
    """Make `rules` the law; called once while the app is put together."""
    _rules.clear()
    _rules.update(rules)


def keys() -> frozenset[str]:
    """Every key that has a rule."""
    return frozenset(_rules)


def knows(key: str) -> bool:
    """Whether there is a rule for a key."""
    return key in _rules


def may(actor: Any, key: str, record: Any = None) -> bool:
    """Whether `actor` may do `key`, to `record` or, without one, to any record at all.

    Raises KeyError for a key without a rule: a forgotten rule is a fault, never a permission.
    """
    return _rules[key](actor, record)


def demand(actor: Any, key: str, record: Any = None) -> None:
    """Raise Forbidden unless `actor` may do `key` to `record`."""
    if not may(actor, key, record):
        raise Forbidden(key)


def sees(actor: Any, record: Any) -> bool:
    """Whether the record exists as far as `actor` can tell."""
    return may(actor, f"{record.KIND}.view", record)
