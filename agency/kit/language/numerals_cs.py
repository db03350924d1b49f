"""Czech numerals, written apart, and the names of currencies."""

from __future__ import annotations

AND = " "
CAPITAL = False
CURRENCIES = {
    "CZK": ("f", ("koruna", "koruny", "korun"), ("haléř", "haléře", "haléřů")),
    "EUR": ("n", ("euro", "eura", "eur"), ("cent", "centy", "centů")),
    "USD": ("m", ("americký dolar", "americké dolary", "amerických dolarů"), ("cent", "centy", "centů")),
    "PLN": ("m", ("zlotý", "zloté", "zlotých"), ("groš", "groše", "grošů")),
    "RUB": ("m", ("rubl", "rubly", "rublů"), ("kopejka", "kopejky", "kopejek")),
}
_ONES = (
    "nula jeden dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct patnáct "
    "šestnáct sedmnáct osmnáct devatenáct"
).split()
_TENS = "dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát".split()
_HUNDREDS = ("sto", "dvě stě", "tři sta", "čtyři sta", "pět set", "šest set", "sedm set", "osm set", "devět set")
_BY_GENDER = {"m": ("jeden", "dva"), "f": ("jedna", "dvě"), "n": ("jedno", "dvě")}
_POWERS = (
    ("m", ("bilion", "biliony", "bilionů")),
    ("f", ("miliarda", "miliardy", "miliard")),
    ("m", ("milion", "miliony", "milionů")),
    ("m", ("tisíc", "tisíce", "tisíc")),
)


def form(n: int) -> int:
    """Which of the three forms goes with n: a compound like 23 takes the last, 103 the second."""
    return 0 if n % 100 == 1 else 1 if n % 100 in (2, 3, 4) else 2


def _triple(n: int, gender: str) -> list[str]:
    words: list[str] = [_HUNDREDS[n // 100 - 1]] if n >= 100 else []
    n %= 100
    compound = n >= 20
    if compound:
        words.append(_TENS[n // 10 - 2])
        n %= 10
    if n:
        spoken = "m" if gender == "n" and compound and n == 1 else gender
        words.append(_BY_GENDER[spoken][n - 1] if n < 3 else _ONES[n])
    return words


def spelled(n: int, gender: str = "m") -> str:
    """A whole number below 10^15 in words."""
    words: list[str] = []
    rest = n
    for at, (power_gender, names) in enumerate(_POWERS):
        count, rest = divmod(rest, 1000 ** (len(_POWERS) - at))
        if count:
            words += [*_triple(count, power_gender), names[form(count)]]
    return " ".join(words + _triple(rest, gender)) or _ONES[0]
