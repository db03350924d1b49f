"""Which requisites a legal entity has in its country, and what is wrong with those that were typed; pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agency.kit.words import Lazy, lazy, lazy_in
from agency.people.agency import requisite_rules as rules
from agency.people.agency.requisite_rules import WrongRequisite


@dataclass(frozen=True)
class Requisite:
    """One requisite: how it is stored, named, and checked; `is_plain` keeps spaces and case."""

    key: str
    label: Lazy
    check: Callable[..., str]
    is_plain: bool = False


_BANK = Requisite("bank", lazy_in("requisite", "Bank"), rules.check_words, is_plain=True)
_IBAN = Requisite("iban", lazy_in("requisite", "IBAN"), rules.check_iban)
_SWIFT = Requisite("swift", lazy_in("requisite", "SWIFT"), rules.check_swift)
_VAT = Requisite("vat_id", lazy_in("requisite", "VAT number"), rules.check_vat_id)
BY_COUNTRY: dict[str, tuple[Requisite, ...]] = {
    "RU": (
        Requisite("inn", lazy_in("requisite", "INN"), rules.check_inn),
        Requisite("kpp", lazy_in("requisite", "KPP"), rules.check_kpp),
        Requisite("ogrn", lazy_in("requisite", "OGRN or OGRNIP"), rules.check_ogrn),
        _BANK,
        Requisite("bik", lazy_in("requisite", "BIK"), rules.check_bik),
        Requisite("account", lazy_in("requisite", "Settlement account"), rules.check_account),
        Requisite("corr_account", lazy_in("requisite", "Correspondent account"), rules.check_corr_account),
    ),
    "CZ": (
        Requisite("ico", lazy_in("requisite", "IČO"), rules.check_ico),
        Requisite("dic", lazy_in("requisite", "DIČ"), rules.check_dic),
        Requisite("register", lazy_in("requisite", "Entry in the register"), rules.check_words, is_plain=True),
        _BANK,
        Requisite("account", lazy_in("requisite", "Account"), rules.check_cz_account),
        _IBAN, _SWIFT,
    ),
    "PL": (
        Requisite("nip", lazy_in("requisite", "NIP"), rules.check_nip),
        Requisite("regon", lazy_in("requisite", "REGON"), rules.check_regon),
        Requisite("krs", lazy_in("requisite", "KRS"), rules.check_krs),
        _VAT,
        _BANK, _IBAN, _SWIFT,
    ),
}  # fmt: skip
ELSEWHERE = (
    Requisite("registration", lazy_in("requisite", "Registration number"), rules.check_words, is_plain=True),
    _VAT, _BANK, _IBAN, _SWIFT,
)  # fmt: skip


def of(country: str) -> tuple[Requisite, ...]:
    """The requisites a legal entity of a country has."""
    return BY_COUNTRY.get(country, ELSEWHERE)


def tidy(requisite: Requisite, typed: str) -> str:
    """What was typed without the spaces and dots people put in for reading."""
    if requisite.is_plain:
        return " ".join(typed.split())
    kept = re.sub(r"[\s\u00a0.]", "", typed).upper()
    return kept if requisite.check is rules.check_cz_account else kept.replace("-", "")


def check(country: str, typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Lazy]]:
    """(what is kept, what is wrong) by key; empty requisites are no mistake, nothing is obligatory."""
    found = {one.key: tidy(one, typed.get(one.key) or "") for one in of(country)}
    kept, wrong = {key: value for key, value in found.items() if value}, {}
    for one in of(country):
        if one.key not in kept:
            continue
        try:
            one.check(kept[one.key], *_besides(one, country, kept))
        except WrongRequisite as error:
            wrong[one.key] = error.sentence
    return kept, wrong or TOGETHER.get(country, lambda _kept: {})(kept)


def said(country: str, kept: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """Names and values of what is known, in the order papers print them."""
    return [(str(one.label), kept[one.key]) for one in of(country) if kept and kept.get(one.key)]


def tax_number(country: str, kept: Mapping[str, str] | None) -> str:
    """The number by which the tax office knows the entity, "" when it is not written in."""
    return next(((kept or {})[key] for key in TAX_KEYS.get(country, TAX_KEYS[""]) if (kept or {}).get(key)), "")


def _besides(one: Requisite, country: str, kept: Mapping[str, str]) -> tuple[str, ...]:
    """What the check must know besides the value: the bank of an account, the country of a VAT number."""
    if one.check in (rules.check_account, rules.check_corr_account):
        return (kept.get("bik", ""),)
    return (country,) if one.check is rules.check_vat_id else ()


def _together_ru(kept: Mapping[str, str]) -> dict[str, Lazy]:
    """What Russian requisites say of each other: a sole trader has no KPP and a longer number."""
    is_trader = len(kept.get("inn", "")) == 12
    if is_trader and "kpp" in kept:
        return {"kpp": lazy("A sole trader has no KPP: leave it empty.")}
    if "inn" in kept and "ogrn" in kept and is_trader != (len(kept["ogrn"]) == 15):
        return {"ogrn": lazy("The INN is a company's and the OGRN a sole trader's, or the other way round.")}
    return {}


def _together_cz(kept: Mapping[str, str]) -> dict[str, Lazy]:
    """A company's DIČ is CZ and its IČO."""
    ico, dic = kept.get("ico"), kept.get("dic", "")
    if ico and len(dic) == 10 and dic[2] != "9" and dic != f"CZ{ico}":
        return {"dic": lazy("A company's DIČ is CZ and its IČO: one of the two is mistyped.")}
    return {}


def _together_pl(kept: Mapping[str, str]) -> dict[str, Lazy]:
    """A Polish VAT number is PL and the NIP."""
    if "nip" in kept and kept.get("vat_id", f"PL{kept['nip']}") != f"PL{kept['nip']}":
        return {"vat_id": lazy("The VAT number is PL and the NIP: one of the two is mistyped.")}
    return {}


TAX_KEYS = {"RU": ("inn",), "CZ": ("dic", "ico"), "PL": ("nip", "vat_id"), "": ("vat_id", "registration")}
TOGETHER: dict[str, Callable[[Mapping[str, str]], dict[str, Lazy]]] = {
    "RU": _together_ru, "CZ": _together_cz, "PL": _together_pl,
}
