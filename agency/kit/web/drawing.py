"""Pieces of pages that are drawn once for what they say, and kept for whoever looks next."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

from flask import get_template_attribute, request
from markupsafe import Markup

from agency.kit import words

Said = ParamSpec("Said")
Drawn = TypeVar("Drawn")


def macro(template: str, name: str) -> Callable[..., Markup]:
    """A macro of a template, to be called with all that it says."""
    return cast("Callable[..., Markup]", get_template_attribute(template, name))


def drawn_once(most: int) -> Callable[[Callable[Said, Drawn]], Callable[Said, Drawn]]:
    """Keep what a function draws, at most so many, apart for each language and for each place where the site stands.

    Such a function is told plain values, all that the piece hangs on: rights and days too, if it differs by them. It
    asks for no reader, no clock and no token, and holds no form with one.
    """

    def keep(draw: Callable[Said, Drawn]) -> Callable[Said, Drawn]:
        @lru_cache(maxsize=most)
        def once(_language: str, _root: str, *said: Said.args, **named: Said.kwargs) -> Drawn:
            return draw(*said, **named)

        @wraps(draw)
        def found(*said: Said.args, **named: Said.kwargs) -> Drawn:
            return once(words.locale(), request.script_root, *said, **named)

        return found

    return keep
