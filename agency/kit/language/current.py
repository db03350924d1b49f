"""The language and the time zone of the moment, each in a context variable with a default of the installation."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from zoneinfo import ZoneInfo

LOCALES = ("ru", "en", "cs", "pl")
# What the staff's pages are written in, and what a client may read and receive.
OFFERED = ("ru", "en")
CLIENT = LOCALES

_defaults = {"locale": "ru", "zone": "Europe/Moscow"}
_locale: ContextVar[str | None] = ContextVar("locale", default=None)
_zone: ContextVar[str | None] = ContextVar("zone", default=None)


@cache
def _known_zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _known_locale(name: str) -> str:
    if name not in LOCALES:
        raise ValueError(f"unknown language {name!r}, known are {', '.join(LOCALES)}")
    return name


def settle(locale: str = "ru", timezone: str = "Europe/Moscow") -> None:
    """Set what the whole process speaks and keeps time by when nothing else is said."""
    _defaults["locale"] = _known_locale(locale)
    _defaults["zone"] = _known_zone(timezone).key


def locale() -> str:
    """The language of the moment: one of LOCALES."""
    return _locale.get() or _defaults["locale"]


def zone() -> ZoneInfo:
    """The time zone of the moment, the agency's unless somebody chose another."""
    return _known_zone(_zone.get() or _defaults["zone"])


def speak(name: str | None, timezone: str | None = None) -> None:
    """Choose language and zone for the rest of this request; None returns to the default."""
    _locale.set(None if name is None else _known_locale(name))
    _zone.set(None if timezone is None else _known_zone(timezone).key)


@contextmanager
def using(name: str) -> Generator[None]:
    """Speak another language for a block: a client's document, a letter."""
    token = _locale.set(_known_locale(name))
    try:
        yield
    finally:
        _locale.reset(token)


@contextmanager
def in_zone(timezone: str) -> Generator[None]:
    """Tell instants by another clock for a block."""
    token = _zone.set(_known_zone(timezone).key)
    try:
        yield
    finally:
        _zone.reset(token)
