"""English numerals and the names of currencies."""

from __future__ import annotations

AND = " and "
CAPITAL = False
CURRENCIES = {
    "EUR": ("m", ("euro", "euros", "euros"), ("cent", "cents", "cents")),
    "USD": ("m", ("US dollar", "US dollars", "US dollars"), ("cent", "cents", "cents")),
    "GBP": ("m", ("pound", "pounds", "pounds"), ("penny", "pence", "pence")),
    "RUB": ("m", ("rouble", "roubles", "roubles"), ("kopeck", "kopecks", "kopecks")),
    "CZK": ("m", ("Czech koruna", "Czech korunas", "Czech korunas"), ("heller", "hellers", "hellers")),
    "PLN": ("m", ("zloty", "zlotys", "zlotys"), ("grosz", "groszy", "groszy")),
}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_POWERS = ("trillion", "billion", "million", "thousand")


def form(n: int) -> int:
    """Which of the forms goes with n."""
    return 0 if n == 1 else 1


def _triple(n: int) -> list[str]:
    words: list[str] = [_ONES[n // 100], "hundred"] if n >= 100 else []
    n %= 100
    if n >= 20:
        tens, ones = divmod(n, 10)
        words.append(_TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else ""))
    elif n:
        words.append(_ONES[n])
    return words


def spelled(n: int, gender: str = "m") -> str:
    """A whole number below 10^15 in words; English counts every gender alike."""
    words: list[str] = []
    rest = n
    for at, name in enumerate(_POWERS):
        count, rest = divmod(rest, 1000 ** (len(_POWERS) - at))
        if count:
            words += [*_triple(count), name]
    return " ".join(words + _triple(rest)) or _ONES[0]
