"""Money is whole minor units."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from agency.kit import money
from agency.kit.words import using


@pytest.mark.parametrize(("currency", "places"), [("RUB", 2), ("CZK", 2), ("JPY", 0), ("KWD", 3)])
def test_each_currency_has_its_own_minor_unit(currency, places):
    assert money.exponent(currency) == places
    assert money.to_minor(Decimal("12.5"), currency) == money.half_up(Decimal("12.5") * 10**places)
    assert money.to_major(12345, currency) == Decimal(12345) / 10**places


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("0.105", 2, "0.11"), ("2.255", 2, "2.26"), ("-0.5", 0, "-1"), ("2.5", 0, "3"), ("0.495", 2, "0.50")],
)
def test_a_half_goes_away_from_zero(value, places, rounded):
    assert money.half_up(Decimal(value), places) == Decimal(rounded)
    assert money.half_up(Fraction(value), places) == Decimal(rounded)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234\u00a0567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("12", "12"),
        (" 0,5 ", "0.5"),
        (",5", "0.5"),
        ("5,", "5.0"),
        ("-5", "-5"),
        ("−5,25", "-5.25"),
        ("1'234.50", "1234.50"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, value):
    assert money.parse_number(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["", " ", "-", "abc", "12x", "1,2,3", "1.23.456", "1,23.4,5", "1e5", "--5", "٣", "NaN", "½"]
)
def test_what_is_no_amount_is_refused_with_a_sentence(typed):
    with pytest.raises(money.UnclearAmount) as refusal:
        money.parse_number(typed)
    assert str(refusal.value)


@pytest.mark.parametrize("typed", ["9" * 14, "9223372036854775808", "9" * 5000, "1," + "0" * 5000, "-1000000000000,01"])
def test_a_number_that_no_column_could_hold_is_refused_in_words(typed: str) -> None:
    for hear in (money.parse_number, money.parse_scaled, lambda text: money.parse_money(text, "RUB")):
        with using("ru"), pytest.raises(money.UnclearAmount, match="слишком велико"):
            hear(typed)


@pytest.mark.parametrize("typed", ["1 234,50 ₽", "1 234,50 руб.", "RUB 1 234,50", "1234.5", "1 234,5 Руб"])
def test_an_amount_may_carry_its_sign(typed):
    assert money.parse_money(typed, "RUB") == 123450


def test_a_comma_before_three_digits_is_read_as_the_language_writes_it():
    with using("en"):
        assert money.parse_money("−RUB 1,234", "RUB") == -123400
    with using("ru"), pytest.raises(money.UnclearAmount):
        money.parse_money("1,234", "RUB")


@pytest.mark.parametrize("typed", ["−−5", "-RUB -5", "5 ₽ ₽", "₽", "5 USD"])
def test_an_amount_with_strange_signs_is_refused(typed):
    with pytest.raises(money.UnclearAmount):
        money.parse_money(typed, "RUB")


def test_too_many_decimals_are_refused_not_rounded():
    with using("ru"), pytest.raises(money.UnclearAmount, match="«1,234» больше знаков после запятой, чем 2"):
        money.parse_money("1,234", "RUB")
    with pytest.raises(money.UnclearAmount):
        money.parse_money("1,5", "JPY")
    with pytest.raises(money.UnclearAmount):
        money.parse_scaled("1,23456")
    assert money.parse_money("1,234", "KWD") == 1234
    assert money.parse_scaled("27,5") == Decimal("27.5")


def test_an_amount_is_shared_out_to_the_last_unit():
    assert money.allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert money.allocate(-100, [1, 1, 1]) == [-34, -33, -33]
    assert money.allocate(0, [0, 0]) == [0, 0]
    assert money.allocate(1, [0, 5]) == [0, 1]
    with pytest.raises(ValueError, match="nothing"):
        money.allocate(5, [])


def test_parts_of_another_whole_are_refused():
    with pytest.raises(ValueError, match="belong"):
        money.fit(10, [Fraction(1), Fraction(2)])


def test_a_share_of_nothing_has_no_percentage():
    assert money.ratio(5, 0) is None
    assert money.ratio(64312800, 218152800) == Decimal("29.48")
