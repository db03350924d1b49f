"""What somebody typed is understood in any case, layout and spelling."""

import pytest

from agency.kit.words import fold, other_keyboard
from agency.overview.search.wanted import serial, understand


@pytest.mark.parametrize(("typed", "words"), [
    ("  ЁЖ  Тёплый ", ("еж", "теплый")), ("«Утро»", ("утро",)), ("№ 014", ("014",)), ("", ()), ("   ", ()),
])  # fmt: skip
def test_case_yo_quotes_and_spaces_do_not_matter(typed: str, words: tuple[str, ...]) -> None:
    assert understand(typed).words == words


@pytest.mark.parametrize("typed", ["Т4", "т4", "T4", "r4", "R4", "утро т4"])
def test_a_mark_is_known_in_both_alphabets(typed: str) -> None:
    assert understand(typed).mark == 4


@pytest.mark.parametrize("typed", ["2026", "тема", "т4567", "4"])
def test_other_words_are_no_marks(typed: str) -> None:
    assert understand(typed).mark is None


def test_signs_narrow_the_search() -> None:
    assert understand("@ирина").kinds == {"client", "contact"}
    assert understand("#014").asks_for("smeta")
    assert not understand("#014").asks_for("task")


def test_the_letter_of_a_requests_number_is_left_out() -> None:
    assert [serial(word) for word in ("з-2026-14", "r-2026-14", "2026-14", "зима")] == ["2026-14"] * 3 + ["зима"]


def test_the_same_keys_in_the_other_layout() -> None:
    assert other_keyboard("ghbdtn") == "привет"
    assert other_keyboard("ЕУ-2026") == "te-2026"
    assert fold(other_keyboard("Ntgksq `;")) == "теплый еж"


def test_a_long_text_is_cut() -> None:
    assert len(understand("слово " * 500).words) == 8
