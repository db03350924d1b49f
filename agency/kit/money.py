"""Money as integer minor units of a currency: exact, rounded half away from zero, never a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from math import floor

from agency.kit.language.currencies import TYPED
from agency.kit.language.current import locale
from agency.kit.language.sentences import gettext as _

# Nobody's budget is larger, and it still fits a column in the smallest units of any currency.
LARGEST = Decimal(10) ** 12
LONGEST = 40
SCALE = 4  # decimals kept of quantities, unit prices and percents
_NO_MINOR = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_SPACES = dict.fromkeys(map(ord, " \t\u00a0\u202f\u2009\u2007'’"))
_MINUSES = "-\u2212\u2013"


class UnclearAmount(ValueError):
    """What was typed is no amount; its text says why in a person's words."""


def exponent(currency: str) -> int:
    """How many decimals the minor unit of an ISO 4217 currency has."""
    return 0 if currency in _NO_MINOR else 3 if currency in _THREE else 2


def half_up(value: Decimal | Fraction, places: int = 0) -> Decimal:
    """Round to so many decimals, a half going away from zero."""
    with localcontext(_EXACT):
        if isinstance(value, Fraction):
            return Decimal(_nearest(value.numerator * 10**places, value.denominator)).scaleb(-places)
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _nearest(numerator: int, denominator: int) -> int:
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    numerator, denominator = abs(numerator), abs(denominator)
    return sign * ((2 * numerator + denominator) // (2 * denominator))


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_UP, _EXACT))


def to_minor(value: Decimal | Fraction | int, currency: str) -> int:
    """Roubles to kopecks: an amount in major units as whole minor units."""
    exact = Fraction(value) * 10 ** exponent(currency)
    return _nearest(exact.numerator, exact.denominator)


def to_major(amount: int, currency: str) -> Decimal:
    """Kopecks to roubles: whole minor units as an exact decimal with the currency's decimals."""
    return Decimal(amount).scaleb(-exponent(currency), _EXACT)


def times(quantity: Decimal | Fraction, price: Decimal | Fraction, currency: str) -> int:
    """Quantity by unit price in major units, rounded once to minor units."""
    if isinstance(quantity, Decimal) and isinstance(price, Decimal):
        # Decimals multiply exactly, and far faster than fractions.
        return _whole(_EXACT.multiply(quantity, price).scaleb(exponent(currency), _EXACT))
    return to_minor(Fraction(quantity) * Fraction(price), currency)


def share(amount: int, rate: Decimal | Fraction | int) -> int:
    """A percentage of an amount in minor units, rounded half away from zero."""
    if isinstance(rate, Decimal):
        return _whole(_EXACT.multiply(Decimal(amount), rate).scaleb(-2, _EXACT))
    exact = amount * Fraction(rate) / 100
    return _nearest(exact.numerator, exact.denominator)


def ratio(part: int, whole: int, places: int = 2) -> Decimal | None:
    """What per cent of the whole a part is, or None of nothing."""
    return Decimal(_nearest(part * 100 * 10**places, whole)).scaleb(-places, _EXACT) if whole else None


def tax_inside(gross: int, rate: Decimal | Fraction | int) -> int:
    """The tax contained in a gross amount: gross x r / (100 + r)."""
    exact = gross * Fraction(rate) / (100 + Fraction(rate))
    return _nearest(exact.numerator, exact.denominator)


def gross_up(amount: int, rate: Decimal | Fraction | int) -> int:
    """The amount of which `rate` per cent may be taken to leave the given one: amount / (1 - r)."""
    exact = amount * 100 / (100 - Fraction(rate))
    return _nearest(exact.numerator, exact.denominator)


def mark_up(amount: int, rate: Decimal | Fraction | int) -> int:
    """An amount with `rate` per cent of itself on top."""
    return amount + share(amount, rate)


def fit(whole: int, exact: Sequence[Fraction]) -> list[int]:
    """Round exact parts so that they add up to their rounded whole: largest remainder, ties to the earlier part."""
    sign = -1 if whole < 0 else 1
    ideal = [sign * part for part in exact]
    parts = [floor(part) for part in ideal]
    left = sign * whole - sum(parts)
    if not 0 <= left <= len(parts):
        raise ValueError("the parts do not belong to this whole")
    by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - ideal[at], at))
    for at in by_remainder[:left]:
        parts[at] += 1
    return [sign * part for part in parts]


def allocate(whole: int, weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    """Share an amount out by weights so that the parts add up; ties go to the earlier part."""
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if whole and not total:
        raise ValueError("an amount cannot be shared out by weights that add up to nothing")
    return fit(whole, [whole * weight / total if total else Fraction(0) for weight in exact])


def parse_number(text: str) -> Decimal:
    """A number as people type it: `1 234,50`, `1,234.50`, `1.234,50`, `−5`; raises UnclearAmount."""
    bare = text.translate(_SPACES)
    if len(bare) > LONGEST:
        raise UnclearAmount(_("This number is too large. Look at its digits."))
    negative = bare[:1] in _MINUSES and bare != ""
    digits = bare[1:] if negative else bare
    if not digits.replace(",", "").replace(".", "").isascii() or not _is_figures(digits):
        raise UnclearAmount(_("“%(text)s” is not a number. Write it like 1 234,50.", text=text.strip()))
    value = Decimal(_with_point(digits, text))
    if value > LARGEST:
        raise UnclearAmount(_("This number is too large. Look at its digits."))
    return -value if negative else value


def _is_figures(digits: str) -> bool:
    return any(sign.isdigit() for sign in digits) and all(sign.isdigit() or sign in ",." for sign in digits)


def _with_point(digits: str, typed: str) -> str:
    """The same digits with one decimal point; groups must have three digits."""
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return digits
    point = digits[last]
    if point == "," and locale() == "en" and "." not in digits and _are_groups(digits.split(",")):
        return digits.replace(",", "")  # in English 1,234 is a thousand and more, elsewhere a little over one
    other = "," if point == "." else "."
    head, tail = digits[:last], digits[last + 1 :]
    if point in head:
        if other in head or not _are_groups(digits.split(point)):
            raise UnclearAmount(_("“%(text)s” has too many commas or points.", text=typed.strip()))
        return digits.replace(point, "")
    if other in head and not _are_groups(head.split(other)):
        raise UnclearAmount(_("“%(text)s” has too many commas or points.", text=typed.strip()))
    return f"{head.replace(other, '') or '0'}.{tail or '0'}"


def _are_groups(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def parse_scaled(text: str) -> Decimal:
    """A typed quantity, unit price or percent: four decimals at most."""
    value = parse_number(text)
    if value != half_up(value, SCALE):
        raise UnclearAmount(_("“%(text)s” has more than %(places)s decimals.", text=text.strip(), places=SCALE))
    return value


def parse_money(text: str, currency: str) -> int:
    """A typed amount, with or without its sign or code, as minor units of the currency."""
    bare = text.strip()
    minus = bare[:1] if bare[:1] in _MINUSES else ""
    sign = rf"(?:{TYPED}|{re.escape(currency)})"
    value = parse_number(
        minus + re.sub(rf"^{sign}|{sign}$", "", bare.removeprefix(minus), count=1, flags=re.IGNORECASE)
    )
    places = exponent(currency)
    if value != half_up(value, places):
        raise UnclearAmount(_("“%(text)s” has more than %(places)s decimals.", text=text.strip(), places=places))
    return to_minor(value, currency)
