"""Words by whose beginnings rows are found."""

import pytest

from agency.kit.db.finding import LONGEST, words_of


@pytest.mark.parametrize(("text", "words"), [
    ("Тёплый  ЁЖ", {"теплый", "еж"}),
    ("TE-2026-014/С1", {"te-2026-014/с1", "2026-014/с1", "014/с1", "с1"}),
    ("«Утро», (по подписке).", {"утро", "по", "подписке"}),
    ("irina@yozh.example", {"irina@yozh.example", "yozh.example", "example"}),
    ("", set()), ("— ! …", {"—", "…"}),
])  # fmt: skip
def test_words_are_folded_and_joined_ones_have_tails(text: str, words: set[str]) -> None:
    assert words_of(text) == words


def test_long_texts_and_words_are_cut() -> None:
    assert max(len(word) for word in words_of("а" * 500)) == LONGEST
    assert len(words_of(" ".join(f"слово{n}" for n in range(5000)))) <= 300
