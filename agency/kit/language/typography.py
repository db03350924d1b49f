"""Typography of running text: no-break spaces, dashes, the minus and each language's own quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

from agency.kit.language.current import locale

NBSP = "\u00a0"
_SHORT_WORDS = {
    "ru": "в|к|о|с|у|и|а|я|на|по|до|из|за|от|не|ни|со|во|ко|об|но|то|же|бы|ли|для|без|при|или|что|как",
    "en": "a|an|I|the|of|to|in|on|at|by",
    "cs": "k|s|v|z|o|u|a|i",
    "pl": "i|o|u|w|z|a",
}
_QUOTES = {"ru": "«»", "en": "“”", "cs": "„“", "pl": "„”"}
_UNITS = (
    r"₽|€|\$|Kč|zł|%|ч|мин|сек|дн|дней|дня|день|шт|кг|г|мм|см|м|тыс|млн|млрд|стр|зн|"
    r"янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек|h|min|days?|hours?"
)
_BOUND = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![^\W\d_])|(?:янв|фев|мар|апр|июн|июл|авг|сен|окт|ноя|дек))")
_GROUP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_INITIAL = re.compile(r"(?<![^\W_])([^\W\d_]\.) (?=[^\W\d_])")
_NUMBER_SIGN = re.compile(r"(№|§) ?(?=[\w])")
_DASH = re.compile(r"(?<=\S)[ \u00a0](-|–|—) (?=\S)")
_MINUS = re.compile(r"(?<![\w\-–—.,:/+])-(?=\d)")
_TAG = re.compile(r"(<[^>]*>)")
_QUIET = re.compile(r"</?(script|style|textarea|title|pre|code)\b", re.IGNORECASE)
_SHORT = {language: frozenset(words.lower().split("|")) for language, words in _SHORT_WORDS.items()}
_PERHAPS_SHORT = re.compile(r"(?<![\w-])([^\W\d_]{1,3})[ \n](?=\S)")
_DIGIT = re.compile(r"\d ")
_QUOTED = {
    quote: re.compile(rf"(?<!\w){quote}(?=\S)(.+?)(?<=\S){quote}(?!\w)") for quote in ('"', '(?:&#34;|&quot;|")')
}
_PLAIN, _MARKED = _QUOTED
# The longest text that is remembered, in signs: some megabytes of them at most.
_USUAL = 400


def _bind(language: str) -> Callable[[re.Match[str]], str]:
    short = _SHORT[language]
    return lambda found: f"{found[1]}{NBSP}" if found[1].lower() in short else found[0]


_BINDERS = {language: _bind(language) for language in _SHORT}


def _set(text: str, quote: str = _PLAIN) -> str:
    """Set a text; one of a length that pages show again and again is remembered."""
    return (_known if len(text) <= _USUAL else _anew)(text, quote, locale())


def _anew(text: str, quote: str, language: str) -> str:
    """Each rule first looks, which is quick, whether the sign that it is about is there at all."""
    if " " in text or "\n" in text or NBSP in text:
        text = _set_spaces(text, language)
    if "№" in text or "§" in text:
        text = _NUMBER_SIGN.sub(rf"\1{NBSP}", text)
    if "-" in text:
        text = _MINUS.sub("\u2212", text)
    if '"' in text or "&" in text:
        opening, closing = _QUOTES[language]
        text = _QUOTED[quote].sub(rf"{opening}\1{closing}", text)
    return text


_known = lru_cache(maxsize=4096)(_anew)


def _set_spaces(text: str, language: str) -> str:
    text = _PERHAPS_SHORT.sub(_BINDERS[language], text)
    if _DIGIT.search(text):
        text = _BOUND.sub(NBSP, _GROUP.sub(NBSP, text))
    if ". " in text:
        text = _INITIAL.sub(rf"\1{NBSP}", text)
    if "- " in text or "– " in text or "— " in text:
        long = "—" if language == "ru" else "–"
        text = _DASH.sub(lambda found: f"{NBSP}{'–' if found[1] == '–' else long} ", text)
    return text


def quoted(text: str | Markup | None) -> str | Markup:
    """Somebody's words between the marks of the language, inner ones made different where the language asks for it."""
    if not text:
        return ""
    opening, closing = _QUOTES[locale()]
    if locale() == "ru":
        text = text.replace("«", "„").replace("»", "“")
    return opening + text + closing


def typo(text: str | Markup | None) -> str | Markup:
    """Running text set with care; of markup only the words between tags are touched."""
    if not text:
        return ""
    if not isinstance(text, Markup):
        return _set(str(text))
    parts: list[str] = []
    quiet = 0
    for part in _TAG.split(str(text)):
        if part.startswith("<"):
            tag = _QUIET.match(part)
            quiet += (-1 if part.startswith("</") else 1) if tag else 0
            parts.append(part)
        else:
            parts.append(part if quiet else _set(part, _MARKED))
    return Markup("".join(parts))  # noqa: S704 it was markup before
