"""Russian numerals and the names of currencies."""

from __future__ import annotations

AND = " "
CAPITAL = True
CURRENCIES = {
    "RUB": ("m", ("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
    "EUR": ("m", ("евро",) * 3, ("цент", "цента", "центов")),
    "USD": ("m", ("доллар США", "доллара США", "долларов США"), ("цент", "цента", "центов")),
    "PLN": ("m", ("злотый", "злотых", "злотых"), ("грош", "гроша", "грошей")),
    "CZK": ("f", ("чешская крона", "чешские кроны", "чешских крон"), ("геллер", "геллера", "геллеров")),
}
_ONES = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
_TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
_HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
_BY_GENDER = {"m": ("один", "два"), "f": ("одна", "две"), "n": ("одно", "два")}
_POWERS = (
    ("m", ("триллион", "триллиона", "триллионов")),
    ("m", ("миллиард", "миллиарда", "миллиардов")),
    ("m", ("миллион", "миллиона", "миллионов")),
    ("f", ("тысяча", "тысячи", "тысяч")),
)


def form(n: int) -> int:
    """Which of the three forms goes with n."""
    if n % 100 in range(11, 15):
        return 2
    return 0 if n % 10 == 1 else 1 if n % 10 in (2, 3, 4) else 2


def _triple(n: int, gender: str) -> list[str]:
    words: list[str] = [_HUNDREDS[n // 100 - 1]] if n >= 100 else []
    n %= 100
    if n >= 20:
        words.append(_TENS[n // 10 - 2])
        n %= 10
    if n:
        words.append(_BY_GENDER[gender][n - 1] if n < 3 else _ONES[n])
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
