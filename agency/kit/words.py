"""Everything we say, in the language of the moment: sentences, figures, dates, names and typography."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from agency.kit.language.catalogues import preload
from agency.kit.language.current import CLIENT, LOCALES, OFFERED, in_zone, locale, settle, speak, using, zone
from agency.kit.language.dates import (
    clock,
    day,
    day_in_figures,
    day_short,
    day_year,
    local,
    month_year,
    weekday_day,
    weekday_short,
    when,
)
from agency.kit.language.figures import hours, money, money0, number, percent, quantity
from agency.kit.language.folding import fold, other_keyboard
from agency.kit.language.names import called, initials, latin, listed, mark, short_name
from agency.kit.language.sentences import Lazy, gettext, lazy, lazy_in, lazy_plural, ngettext, npgettext, pgettext
from agency.kit.language.sizes import file_size
from agency.kit.language.spelling import in_words
from agency.kit.language.typography import quoted, typo

_ = gettext

__all__ = [
    "CLIENT", "LOCALES", "OFFERED", "Lazy", "_", "called", "clock", "day", "day_in_figures", "day_short", "day_year",
    "file_size", "fold", "gettext", "hours", "in_words", "in_zone", "initials", "install", "latin", "lazy", "lazy_in",
    "lazy_plural", "listed", "local", "locale", "mark", "money", "money0", "month_year", "ngettext", "npgettext",
    "number", "other_keyboard", "percent", "pgettext", "preload", "quantity", "quoted", "settle", "short_name", "speak",
    "typo", "using", "weekday_day", "weekday_short", "when", "zone",
]  # fmt: skip

FILTERS: dict[str, Callable[..., Any]] = {
    "called": called, "clock": clock, "day": day, "day_short": day_short, "day_year": day_year, "file_size": file_size,
    "hours": hours, "in_words": in_words,
    "initials": initials, "latin": latin, "listed": listed, "mark": mark, "money": money, "money0": money0,
    "month_year": month_year, "number": number,
    "percent": percent, "quantity": quantity, "quoted": quoted, "short_name": short_name, "typo": typo,
    "weekday_day": weekday_day, "weekday_short": weekday_short, "when": when,
}  # fmt: skip

_PLAIN = {"gettext": gettext, "_": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}
_COUNTED = {"ngettext", "npgettext"}


def _safe(name: str) -> Callable[..., str]:
    """A translating function for templates: the sentence is ours, what is put into it is escaped."""
    plain = _PLAIN[name]

    @pass_eval_context
    def spoken(context: EvalContext, *args: Any, **variables: Any) -> str:
        if not context.autoescape:
            return plain(*args, **variables)
        if name in _COUNTED:
            variables.setdefault("num", args[-1])
        return Markup(plain(*args, **{key: escape(value) for key, value in variables.items()}))  # noqa: S704

    return spoken


def install(env: Environment) -> None:
    """Give templates the words: newstyle gettext and every filter above."""
    env.extend(newstyle_gettext=True)  # before the extension, which keeps what it finds
    env.add_extension("jinja2.ext.i18n")
    known: dict[str, Any] = env.globals
    known.update({name: _safe(name) for name in _PLAIN}, locale=locale)
    env.filters.update(FILTERS)
