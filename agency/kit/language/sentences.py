"""Sentences in the language of the moment, now or when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from agency.kit.language.catalogues import catalogue
from agency.kit.language.current import locale


def _filled(sentence: str, variables: Mapping[str, Any]) -> str:
    return sentence % variables if variables else sentence


def gettext(message: str, /, **variables: Any) -> str:
    """A sentence; a percent sign is doubled only in a sentence that has variables."""
    return _filled(_said(locale(), message), variables)


@lru_cache(maxsize=16_384)
def _said(language: str, message: str) -> str:
    return catalogue(language).gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int, /, **variables: Any) -> str:
    """The form that fits n, which is also `%(num)s` of the sentence."""
    return catalogue(locale()).ngettext(singular, plural, abs(n)) % {"num": n, **variables}


def pgettext(context: str, message: str, /, **variables: Any) -> str:
    """A word whose translation depends on where it stands."""
    return _filled(catalogue(locale()).pgettext(context, message), variables)


def npgettext(context: str, singular: str, plural: str, n: int, /, **variables: Any) -> str:
    """The form that fits n of a word that depends on where it stands."""
    return catalogue(locale()).npgettext(context, singular, plural, abs(n)) % {"num": n, **variables}


class Lazy:
    """A sentence translated each time it is shown, for module level and for forms."""

    __slots__ = ("_say", "msgid")

    def __init__(self, msgid: str, say: Callable[[], str]) -> None:
        self.msgid = msgid
        self._say = say

    def __str__(self) -> str:
        return self._say()

    def __repr__(self) -> str:
        return f"lazy({self.msgid!r})"

    def __mod__(self, variables: Any) -> str:
        return str(self) % variables

    def __add__(self, other: object) -> str:
        return str(self) + str(other)

    def __radd__(self, other: object) -> str:
        return str(other) + str(self)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, Lazy | str) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.msgid)

    def __len__(self) -> int:
        return len(str(self))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(str(self), name)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def lazy(message: str, /, **variables: Any) -> Lazy:
    """A sentence for module level; `sentence % {...}` fills what only the moment knows."""
    return Lazy(message, lambda: gettext(message, **variables))


def lazy_plural(singular: str, plural: str, n: int, /, **variables: Any) -> Lazy:
    """A counted sentence for module level."""
    return Lazy(singular, lambda: ngettext(singular, plural, n, **variables))


def lazy_in(context: str, message: str, /, **variables: Any) -> Lazy:
    """A word in its context for module level."""
    return Lazy(message, lambda: pgettext(context, message, **variables))
