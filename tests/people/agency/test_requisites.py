"""Requisites of legal entities: valid ones pass as people write them, a mistyped digit is seen."""

import pytest

from agency.people.agency import requisites

GOOD = [
    ("RU", {"inn": "9999000013", "kpp": "999901001", "ogrn": "1269900000017"}),
    ("RU", {"inn": "9999 1234 56"}),
    ("RU", {"inn": "999912345603", "ogrn": "326990000123454"}),
    ("RU", {"ogrn": "326990000000010"}),  # a remainder of 10 or more: the official rule takes it mod 10
    ("RU", {"bik": "049999777", "account": "40702810000000012345", "corr_account": "30101810700000000777"}),
    ("RU", {"bik": "044525225", "corr_account": "30101810400000000225"}),
    ("CZ", {"ico": "00000019", "dic": "CZ00000019", "account": "19-2000145399/0800"}),
    ("CZ", {"ico": "00000027", "dic": "cz00000027", "iban": "CZ65 0800 0000 1920 0014 5399"}),
    ("PL", {"nip": "999-000-12-32", "regon": "999000124", "krs": "0000000013"}),
    ("PL", {"nip": "9990000014", "regon": "99900012400016", "iban": "PL61109010140000071219812874"}),
    ("DE", {"iban": "DE89370400440532013000", "registration": "HRB 13"}),
    ("PL", {"nip": "9990000014", "vat_id": "PL 999-000-00-14"}),
    ("GR", {"vat_id": "EL123456783"}),
    ("US", {"vat_id": "98-7654321"}),  # no rule of the Union binds it
]
BAD = [
    ("RU", {"inn": "9999000014"}, "inn"),
    ("RU", {"inn": "99990000"}, "inn"),
    ("RU", {"inn": "999912345604"}, "inn"),
    ("RU", {"kpp": "99990100"}, "kpp"),
    ("RU", {"ogrn": "1269900000018"}, "ogrn"),
    ("RU", {"ogrn": "326990000000011"}, "ogrn"),
    ("RU", {"bik": "149999777"}, "bik"),
    ("RU", {"bik": "049999777", "account": "40702810000000012346"}, "account"),
    ("RU", {"bik": "049999777", "corr_account": "30101810700000000778"}, "corr_account"),
    ("RU", {"inn": "999912345603", "kpp": "999901001"}, "kpp"),
    ("RU", {"inn": "9999000013", "ogrn": "326990000123454"}, "ogrn"),
    ("CZ", {"ico": "00000018"}, "ico"),
    ("CZ", {"dic": "CZ00000018"}, "dic"),
    ("CZ", {"account": "19-2000145398/0800"}, "account"),
    ("CZ", {"account": "2000145399"}, "account"),
    ("CZ", {"iban": "CZ6508000000192000145398"}, "iban"),
    ("CZ", {"iban": "CZ650800000019200014539"}, "iban"),
    ("PL", {"nip": "9990001233"}, "nip"),
    ("PL", {"regon": "999000125"}, "regon"),
    ("PL", {"krs": "13"}, "krs"),
    ("DE", {"vat_id": "DE1"}, "vat_id"),
    ("DE", {"vat_id": "PL9990000014"}, "vat_id"),  # a good one of another country
    ("RU", {"inn": "0000000000"}, "inn"),  # python-stdnum takes zeros alone
    ("PL", {"nip": "0000000000"}, "nip"),
    ("PL", {"regon": "000000000"}, "regon"),
    ("RU", {"inn": "0099000014"}, "inn"),
    ("CZ", {"ico": "00000019", "dic": "CZ00000027"}, "dic"),
    ("PL", {"nip": "9990000014", "vat_id": "PL9990000020"}, "vat_id"),
    ("DE", {"swift": "HELLO"}, "swift"),
]


@pytest.mark.parametrize(("country", "typed"), GOOD, ids=str)
def test_valid_requisites_pass_as_people_write_them(country: str, typed: dict[str, str]) -> None:
    kept, wrong = requisites.check(country, typed)
    assert wrong == {}
    assert kept.keys() == typed.keys()
    assert all(" " not in value or key == "registration" for key, value in kept.items())


@pytest.mark.parametrize(("country", "typed", "key"), BAD, ids=str)
def test_a_mistyped_one_is_named(country: str, typed: dict[str, str], key: str) -> None:
    _kept, wrong = requisites.check(country, typed)
    assert list(wrong) == [key]
    assert str(wrong[key])


def test_nothing_is_obligatory_and_strange_keys_are_left_out() -> None:
    assert requisites.check("RU", {"inn": " ", "nip": "1"}) == ({}, {})


@pytest.mark.parametrize("place", range(10))
def test_every_single_mistyped_digit_of_an_inn_is_seen(place: int) -> None:
    good = "9999000013"
    for digit in set("0123456789") - {good[place]}:
        typed = good[:place] + digit + good[place + 1 :]
        # The control is a remainder of 11 folded to one digit, so a few pairs of digits do collide.
        wrong = requisites.check("RU", {"inn": typed})[1]
        assert wrong or sum(map(int, typed)) != sum(map(int, good))
