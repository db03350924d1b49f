"""Polish numerals and the names of currencies; minor units are a fraction of a hundred."""

from __future__ import annotations

AND = " "
CAPITAL = False
CURRENCIES = {
    "PLN": ("m", ("złoty", "złote", "złotych"), None),
    "EUR": ("n", ("euro",) * 3, None),
    "USD": ("m", ("dolar amerykański", "dolary amerykańskie", "dolarów amerykańskich"), None),
    "CZK": ("f", ("korona czeska", "korony czeskie", "koron czeskich"), None),
    "RUB": ("m", ("rubel", "ruble", "rubli"), None),
}
_ONES = (
    "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście "
    "czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście"
).split()
_TENS = (
    "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
).split()
_HUNDREDS = "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset".split()
_ONE = {"m": "jeden", "f": "jedna", "n": "jedno"}
_TWO = {"m": "dwa", "f": "dwie", "n": "dwa"}
_POWERS = (
    ("bilion", "biliony", "bilionów"),
    ("miliard", "miliardy", "miliardów"),
    ("milion", "miliony", "milionów"),
    ("tysiąc", "tysiące", "tysięcy"),
)


def form(n: int) -> int:
    """Which of the three forms goes with n: the first with 1 alone."""
    if n == 1:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in range(12, 15) else 2


def _triple(n: int, gender: str) -> list[str]:
    words: list[str] = [_HUNDREDS[n // 100 - 1]] if n >= 100 else []
    n %= 100
    if n >= 20:
        words.append(_TENS[n // 10 - 2])
        n %= 10
    if n:
        words.append(_TWO[gender] if n == 2 else _ONES[n])
    return words


def spelled(n: int, gender: str = "m") -> str:
    """A whole number below 10^15 in words."""
    if n == 1:
        return _ONE[gender]
    words: list[str] = []
    rest = n
    for at, names in enumerate(_POWERS):
        count, rest = divmod(rest, 1000 ** (len(_POWERS) - at))
        if count:
            words += [*_triple(count, "m"), names[form(count)]]
    return " ".join(words + _triple(rest, gender)) or _ONES[0]
