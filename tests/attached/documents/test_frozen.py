"""A context is kept as it was, in plain values, and comes back as it was."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from agency.attached.documents.frozen import Picture, fingerprint, freeze, thaw
from agency.kit.words import lazy, using

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_characters="\0", codec="utf-8"))
    | st.dates() | st.datetimes(timezones=st.just(UTC)) | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z_]+", fullmatch=True), inner),
    max_leaves=20,
)  # fmt: skip


@given(plain)
def test_what_is_frozen_thaws_to_itself(value):
    assert thaw(freeze(value), str) == value


def test_values_of_all_kinds():
    @dataclass
    class Line:
        name: str
        sum: int

    value = {
        "line": Line("ключевой образ", 100), "rate": Decimal("12.50"), "day": date(2026, 11, 23),
        "at": datetime(2026, 11, 23, 7, 42, tzinfo=UTC), "pair": (1, 2), "logo": Picture("ab"),
    }  # fmt: skip
    assert thaw(freeze(value), lambda key: f"file:///{key}") == {
        "line": {"name": "ключевой образ", "sum": 100}, "rate": Decimal("12.50"), "day": date(2026, 11, 23),
        "at": datetime(2026, 11, 23, 7, 42, tzinfo=UTC), "pair": [1, 2], "logo": "file:///ab",
    }  # fmt: skip


def test_rich_text_keeps_only_harmless_tags():
    rich = Markup(
        '<p style="x">да<script>alert(1)</script><table><tr><td colspan=9>я</table>'
        '<a href="https://a.example" onclick=x>т</a>'
    )
    kept = thaw(freeze(rich), str)
    assert isinstance(kept, Markup)
    assert kept == '<p>да</p>я<a href="https://a.example">т</a>'


def test_plain_text_stays_plain_and_loses_what_no_press_can_draw():
    kept = thaw(freeze("<b>а</b>\0б\ud800"), str)
    assert kept == "<b>а</b>б?"
    assert not isinstance(kept, Markup)


def test_a_sentence_is_spoken_in_the_language_of_the_moment():
    with using("en"):
        assert freeze(lazy("Download")) == "Download"


@pytest.mark.parametrize("value", [1.5, object(), {1: "a"}, {"$": "html"}, {"a": [{"b": 2.0}]}])
def test_what_cannot_be_kept_is_refused_by_its_place(value):
    with pytest.raises(TypeError, match="context"):
        freeze(value)


def test_the_fingerprint_ignores_order_and_notices_everything_else():
    assert fingerprint(a=1, b=[2]) == fingerprint(b=[2], a=1)
    assert fingerprint(a=1) != fingerprint(a="1")
