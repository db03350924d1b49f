"""Amounts in words for documents: whole units spelled, minor units in digits."""

from __future__ import annotations

from agency.kit.language import numerals_cs, numerals_en, numerals_pl, numerals_ru
from agency.kit.language.current import locale as current
from agency.kit.money import exponent

_LANGUAGES = {"ru": numerals_ru, "en": numerals_en, "cs": numerals_cs, "pl": numerals_pl}


def spelled(n: int, locale: str | None = None, gender: str = "m") -> str:
    """A whole number from 0 in words; gender m, f or n of what is counted."""
    return _LANGUAGES[locale or current()].spelled(n, gender)


def in_words(amount: int, currency: str, locale: str | None = None) -> str:
    """Minor units in words, as the language's documents write a total."""
    language = _LANGUAGES[locale or current()]
    places = exponent(currency)
    whole, minor = divmod(abs(amount), 10**places)
    gender, names, minor_names = language.CURRENCIES.get(currency, ("m", (currency,) * 3, None))
    said = f"{language.spelled(whole, gender)} {names[language.form(whole)]}"
    if places:
        digits = f"{minor:0{places}d}"
        named = minor_names[language.form(minor)] if minor_names else None
        said += f"{language.AND}{digits} {named}" if named else f" {digits}/{10**places}"
    if amount < 0:
        said = f"minus {said}" if language is not numerals_ru else f"минус {said}"
    return said[0].upper() + said[1:] if language.CAPITAL else said
