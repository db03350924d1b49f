"""Figures as each language writes them: amounts, quantities, percents, spans of work."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from agency.kit.language.currencies import BEFORE_IN_ENGLISH, SIGNS
from agency.kit.language.current import locale
from agency.kit.language.sentences import gettext
from agency.kit.money import exponent

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
_SEPARATORS = {"ru": (NBSP, ","), "cs": (NBSP, ","), "pl": (NBSP, ","), "en": (",", ".")}


def _grouped(value: Decimal) -> str:
    thousands, point = _SEPARATORS[locale()]
    whole, _, fraction = f"{abs(value):,f}".partition(".")
    return whole.replace(",", thousands) + (point + fraction if fraction else "")


def _digits(amount: int, places: int) -> str:
    """Minor units without sign, with so many digits behind the point."""
    thousands, point = _SEPARATORS[locale()]
    whole, minor = divmod(abs(amount), 10**places)
    grouped = f"{whole:,}".replace(",", thousands)
    return f"{grouped}{point}{minor:0{places}}" if places else grouped


def number(value: Decimal | int, places: int | None = None) -> str:
    """A number with its groups and its minus; without `places` no trailing zeros."""
    if places is None and type(value) is int:
        return (MINUS if value < 0 else "") + _digits(value, 0)
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    else:
        exact = exact.normalize()
    return (MINUS if exact < 0 else "") + _grouped(exact)


def _with_sign(digits: str, negative: bool, currency: str) -> str:
    minus = MINUS if negative else ""
    sign = SIGNS.get(currency, currency)
    if locale() != "en":
        return f"{minus}{digits}{NBSP}{sign}"
    if currency in BEFORE_IN_ENGLISH:
        return f"{minus}{sign}{digits}"
    return f"{minus}{currency}{NBSP}{digits}"


def money(amount: int | None, currency: str) -> str:
    """Minor units as a person reads them, always with the minor digits: 2 661 464,16 ₽."""
    if amount is None:
        return ""
    return _with_sign(_digits(amount, exponent(currency)), amount < 0, currency)


def money0(amount: int | None, currency: str) -> str:
    """Minor units as a person reads them, without minor digits when these are zero."""
    if amount is None:
        return ""
    places = exponent(currency)
    whole, minor = divmod(abs(amount), 10**places)
    digits = _digits(amount, places) if minor else _digits(whole, 0)
    return _with_sign(digits, amount < 0, currency)


def percent(value: Decimal | int | None, places: int | None = None) -> str:
    """A percentage given as a number of percents, two decimals at most: 29,48 %."""
    if value is None:
        return ""
    exact = Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return number(exact, places) + ("%" if locale() in ("en", "pl") else NBSP + "%")


def quantity(value: Decimal | int | None) -> str:
    """A quantity with up to four decimals and no trailing zeros: 27,5."""
    return "" if value is None else number(value)


def hours(minutes: int | None) -> str:
    """Whole minutes of work as hours and minutes."""
    if minutes is None:
        return ""
    whole, rest = divmod(abs(minutes), 60)
    if whole and rest:
        said = gettext("%(hours)s h %(minutes)s min", hours=number(whole), minutes=rest)
    elif whole:
        said = gettext("%(hours)s h", hours=number(whole))
    else:
        said = gettext("%(minutes)s min", minutes=rest)
    return (MINUS if minutes < 0 else "") + said.replace(" ", NBSP)
