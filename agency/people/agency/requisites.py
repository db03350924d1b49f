"""Requisites of legal entities by country, each checked by its official rule; pure.

python-stdnum where it is right; our own rule for OGRNIP (it rejects valid numbers) and for Russian accounts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stdnum import bic, iban
from stdnum.cz import dic as cz_dic
from stdnum.eu import vat
from stdnum.exceptions import ValidationError
from stdnum.pl import nip, regon
from stdnum.ru import inn

from agency.kit.words import Lazy, lazy, lazy_in

BANKS_FIRST = "04"
ACCOUNT_WEIGHTS = (7, 1, 3)
CZ_WEIGHTS = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
IBAN_LENGTHS = {"CZ": 24, "SK": 24, "PL": 28, "DE": 22, "GB": 22, "RU": 33}


class WrongRequisite(ValueError):
    """A requisite cannot be right; `sentence` says why to a person."""

    def __init__(self, sentence: Lazy) -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence


def _matches(pattern: str, value: str, sentence: Lazy) -> str:
    if not re.fullmatch(pattern, value):
        raise WrongRequisite(sentence)
    return value


def _by(module_check: Callable[[str], object], value: str, sentence: Lazy) -> str:
    try:
        module_check(value)
    except ValidationError:
        raise WrongRequisite(sentence) from None
    return value


def check_inn(value: str) -> str:
    """A Russian INN: 10 digits of a company, 12 of a person, with control digits."""
    value = _matches(r"\d{10}|\d{12}", value, lazy("An INN has 10 digits, or 12 for a sole trader."))
    return _by(inn.validate, value, lazy("The control digit of the INN does not fit: look for a mistyped digit."))


def check_kpp(value: str) -> str:
    """A Russian KPP: nine signs, no control digit."""
    return _matches(r"\d{4}[0-9A-Z]{2}\d{3}", value, lazy("A KPP has nine signs, as in 770101001."))


def check_ogrn(value: str) -> str:
    """An OGRN of 13 digits (mod 11 mod 10) or an OGRNIP of 15 (mod 13 mod 10, the official rule)."""
    _matches(r"\d{13}|\d{15}", value, lazy("An OGRN has 13 digits, an OGRNIP has 15."))
    rest = int(value[:-1]) % (11 if len(value) == 13 else 13) % 10
    if rest != int(value[-1]):
        raise WrongRequisite(lazy("The control digit of the OGRN does not fit: look for a mistyped digit."))
    return value


def check_bik(value: str) -> str:
    """A Russian BIK of a bank: nine digits that begin with 04."""
    return _matches(rf"{BANKS_FIRST}\d{{7}}", value, lazy("A BIK has nine digits and begins with 04."))


def _account_key(head: str, account: str) -> bool:
    digits = [int(digit) for digit in head + account]
    return sum(digit * ACCOUNT_WEIGHTS[at % 3] % 10 for at, digit in enumerate(digits)) % 10 == 0


def check_account(value: str, bik: str = "") -> str:
    """A Russian settlement account: 20 digits whose key fits the bank's BIK (last three digits of it)."""
    _matches(r"\d{20}", value, lazy("An account has 20 digits."))
    if bik and not _account_key(bik[-3:], value):
        raise WrongRequisite(lazy("The account does not fit this BIK: one of the two is mistyped."))
    return value


def check_corr_account(value: str, bik: str = "") -> str:
    """A Russian correspondent account: 20 digits from 301, its key fits "0" and digits 5 and 6 of the BIK."""
    _matches(r"301\d{17}", value, lazy("A correspondent account has 20 digits and begins with 301."))
    if bik and not _account_key("0" + bik[4:6], value):
        raise WrongRequisite(lazy("The correspondent account does not fit this BIK: one of the two is mistyped."))
    return value


def check_ico(value: str) -> str:
    """A Czech IČO: eight digits, the last of them (11 - sum of weights 8..2 mod 11) mod 10."""
    _matches(r"\d{8}", value, lazy("An IČO has eight digits, with zeros in front."))
    total = sum(int(digit) * weight for digit, weight in zip(value, range(8, 1, -1), strict=False))
    if (11 - total % 11) % 10 != int(value[-1]):
        raise WrongRequisite(lazy("The control digit of the IČO does not fit: look for a mistyped digit."))
    return value


def check_dic(value: str) -> str:
    """A Czech DIČ: CZ and an IČO, or CZ and the nine or ten digits of a person."""
    _matches(r"CZ\d{8,10}", value, lazy("A DIČ is CZ and eight to ten digits."))
    if len(value) == 10 and value[2] != "9":
        check_ico(value[2:])
        return value
    return _by(cz_dic.validate, value, lazy("The DIČ does not fit its rule: look for a mistyped digit."))


def check_cz_account(value: str) -> str:
    """A Czech account, prefix-number/bank: both numbers divisible by 11 with weights."""
    found = re.fullmatch(r"(?:(\d{1,6})-)?(\d{2,10})/(\d{4})", value)
    if not found:
        raise WrongRequisite(lazy("Write the account as 19-2000145399/0800."))
    for number in (found[1] or "", found[2]):
        if sum(int(d) * w for d, w in zip(reversed(number), CZ_WEIGHTS, strict=False)) % 11:
            raise WrongRequisite(lazy("The account does not fit its rule: look for a mistyped digit."))
    return value


def check_nip(value: str) -> str:
    """A Polish NIP: ten digits with a control digit."""
    _matches(r"\d{10}", value, lazy("A NIP has ten digits."))
    return _by(nip.validate, value, lazy("The control digit of the NIP does not fit: look for a mistyped digit."))


def check_regon(value: str) -> str:
    """A Polish REGON: 9 or 14 digits with control digits."""
    _matches(r"\d{9}|\d{14}", value, lazy("A REGON has 9 or 14 digits."))
    return _by(regon.validate, value, lazy("The control digit of the REGON does not fit: look for a mistyped digit."))


def check_krs(value: str) -> str:
    """A Polish KRS: ten digits, no control digit."""
    return _matches(r"\d{10}", value, lazy("A KRS has ten digits, with zeros in front."))


def check_iban(value: str) -> str:
    """An IBAN: the length of its country and mod 97."""
    wrong = lazy("The control digits of the IBAN do not fit: look for a mistyped sign.")
    _matches(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", value, lazy("An IBAN begins with two letters and two digits."))
    if len(value) != IBAN_LENGTHS.get(value[:2], len(value)):
        raise WrongRequisite(lazy("This IBAN is too short or too long for its country."))
    return _by(lambda typed: iban.validate(typed, check_country=False), value, wrong)


def check_swift(value: str) -> str:
    """A BIC (SWIFT): eight or eleven signs."""
    return _by(bic.validate, value, lazy("A SWIFT code has eight or eleven signs."))


def check_vat_id(value: str) -> str:
    """A VAT identification number of the European Union."""
    return _by(vat.validate, value, lazy("The VAT number does not fit the rule of its country."))


def check_words(value: str) -> str:
    """A name or an entry of a register, as it is."""
    return value[:200]


@dataclass(frozen=True)
class Requisite:
    """One requisite: how it is stored, named, and checked; `is_plain` keeps spaces and case."""

    key: str
    label: Lazy
    check: Callable[..., str]
    is_plain: bool = False


_BANK = Requisite("bank", lazy_in("requisite", "Bank"), check_words, is_plain=True)
_IBAN = Requisite("iban", lazy_in("requisite", "IBAN"), check_iban)
_SWIFT = Requisite("swift", lazy_in("requisite", "SWIFT"), check_swift)
BY_COUNTRY: dict[str, tuple[Requisite, ...]] = {
    "RU": (
        Requisite("inn", lazy_in("requisite", "INN"), check_inn),
        Requisite("kpp", lazy_in("requisite", "KPP"), check_kpp),
        Requisite("ogrn", lazy_in("requisite", "OGRN or OGRNIP"), check_ogrn),
        _BANK,
        Requisite("bik", lazy_in("requisite", "BIK"), check_bik),
        Requisite("account", lazy_in("requisite", "Settlement account"), check_account),
        Requisite("corr_account", lazy_in("requisite", "Correspondent account"), check_corr_account),
    ),
    "CZ": (
        Requisite("ico", lazy_in("requisite", "IČO"), check_ico),
        Requisite("dic", lazy_in("requisite", "DIČ"), check_dic),
        Requisite("register", lazy_in("requisite", "Entry in the register"), check_words, is_plain=True),
        _BANK,
        Requisite("account", lazy_in("requisite", "Account"), check_cz_account),
        _IBAN, _SWIFT,
    ),
    "PL": (
        Requisite("nip", lazy_in("requisite", "NIP"), check_nip),
        Requisite("regon", lazy_in("requisite", "REGON"), check_regon),
        Requisite("krs", lazy_in("requisite", "KRS"), check_krs),
        _BANK, _IBAN, _SWIFT,
    ),
}  # fmt: skip
ELSEWHERE = (
    Requisite("registration", lazy_in("requisite", "Registration number"), check_words, is_plain=True),
    Requisite("vat_id", lazy_in("requisite", "VAT number"), check_vat_id),
    _BANK, _IBAN, _SWIFT,
)  # fmt: skip


def of(country: str) -> tuple[Requisite, ...]:
    """The requisites a legal entity of a country has."""
    return BY_COUNTRY.get(country, ELSEWHERE)


def tidy(requisite: Requisite, typed: str) -> str:
    """What was typed without the spaces and dots people put in for reading."""
    if requisite.is_plain:
        return " ".join(typed.split())
    kept = re.sub(r"[\s\u00a0.]", "", typed).upper()
    return kept if requisite.check is check_cz_account else kept.replace("-", "")


def check(country: str, typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Lazy]]:
    """(what is kept, what is wrong) by key; empty requisites are no mistake, nothing is obligatory."""
    found = {one.key: tidy(one, typed.get(one.key) or "") for one in of(country)}
    kept, wrong = {key: value for key, value in found.items() if value}, {}
    for one in of(country):
        if one.key not in kept:
            continue
        bik = (kept.get("bik", ""),) if one.check in (check_account, check_corr_account) else ()
        try:
            one.check(kept[one.key], *bik)
        except WrongRequisite as error:
            wrong[one.key] = error.sentence
    return kept, wrong | (_together(kept) if country == "RU" and not wrong else {})


def _together(kept: Mapping[str, str]) -> dict[str, Lazy]:
    """What Russian requisites say of each other: a sole trader has no KPP and a longer number."""
    is_trader = len(kept.get("inn", "")) == 12
    if is_trader and "kpp" in kept:
        return {"kpp": lazy("A sole trader has no KPP: leave it empty.")}
    if "inn" in kept and "ogrn" in kept and is_trader != (len(kept["ogrn"]) == 15):
        return {"ogrn": lazy("The INN is a company's and the OGRN a sole trader's, or the other way round.")}
    return {}
