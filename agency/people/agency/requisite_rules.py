"""The official rule of each requisite of a legal entity, with what is wrong as a sentence; pure.

python-stdnum where it is right; our own rule where it errs: it rejects valid OGRNIPs, knows no Russian accounts,
and takes a number of zeros alone.
"""

import re
from collections.abc import Callable

from stdnum import bic, iban
from stdnum.cz import dic as cz_dic
from stdnum.eu import vat
from stdnum.exceptions import ValidationError
from stdnum.pl import nip, regon
from stdnum.ru import inn

from agency.kit.words import Lazy, lazy

BANKS_FIRST = "04"
ACCOUNT_WEIGHTS = (7, 1, 3)
CZ_WEIGHTS = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
IBAN_LENGTHS = {"CZ": 24, "SK": 24, "PL": 28, "DE": 22, "GB": 22, "RU": 33}
ZEROS = lazy("Zeros alone are nobody's number.")


class WrongRequisite(ValueError):
    """A requisite cannot be right; `sentence` says why to a person."""

    def __init__(self, sentence: Lazy) -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence


def _matches(pattern: str, value: str, sentence: Lazy) -> str:
    if not re.fullmatch(pattern, value):
        raise WrongRequisite(sentence)
    if not value.strip("0"):
        raise WrongRequisite(ZEROS)
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
    if value.startswith("00"):
        raise WrongRequisite(lazy("No INN begins with 00, the number of no region."))
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


def check_vat_id(value: str, country: str = "") -> str:
    """A VAT number: within the European Union the country's letters and its rule, elsewhere any signs."""
    home = {"GR": "EL"}.get(country, country)
    if country and country.lower() not in vat.MEMBER_STATES and value[:2].lower() not in vat.MEMBER_STATES:
        return _matches(r"[A-Z0-9]{4,20}", value, lazy("A VAT number has letters and digits alone."))
    if country.lower() in vat.MEMBER_STATES and not value.startswith(home):
        raise WrongRequisite(lazy("A VAT number of this country begins with %(letters)s.", letters=home))
    return _by(vat.validate, value, lazy("The VAT number does not fit the rule of its country."))


def check_words(value: str) -> str:
    """A name or an entry of a register, as it is."""
    return value[:200]
