"""Codes of clients, suggested from names in any alphabet."""

import pytest

from agency.people.clients import codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Тёплый Ёж", "TE"),
        ("Мельница Заречье", "MZ"),
        ("ООО «Тёплый Ёж»", "TE"),
        ("Modrá Vydra s.r.o.", "MVS"),
        ("Rudy Borsuk", "RB"),
        ("Łąka", "LA"),
        ("Яхта", "YA"),
        ("42", "CL"),
        ("", "CL"),
        ("三", "CL"),
    ],
)
def test_a_name_gives_its_initials_or_its_beginning(name: str, code: str) -> None:
    assert codes.suggest(name) == code


def test_a_code_that_is_taken_gives_way_to_the_next() -> None:
    taken: set[str] = set()
    for _again in range(60):
        code = codes.suggest("Тёплый Ёж", taken)
        assert codes.VALID.fullmatch(code)
        assert code not in taken
        taken.add(code)
