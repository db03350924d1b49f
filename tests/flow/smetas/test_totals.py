"""The arithmetic of a smeta by the handbook's vectors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from agency.flow.smetas.schedule import Part, UnevenSchedule, by_percents, divide, in_equal_parts
from agency.flow.smetas.totals import Line, Terms, count, in_hours
from agency.kit import money
from tests.flow.smetas import cases


def rows(n, quantity, price, rate):
    return [Line("creative", Decimal(quantity), Decimal(price), tax_rate=Decimal(rate)) for _ in range(n)]


@pytest.mark.parametrize(
    ("currency", "n", "price", "rate", "rounding", "tax", "gross"),
    [
        ("RUB", 3, "333.33", 22, "per_line", 21999, 121998),
        ("RUB", 3, "333.33", 22, "per_rate_total", 22000, 121999),
        ("PLN", 4, "1.50", 23, "per_line", 140, 740),
        ("PLN", 4, "1.50", 23, "per_rate_total", 138, 738),
        ("RUB", 1, "0.50", 21, "per_line", 11, 61),
        ("RUB", 1, "10.25", 22, "per_line", 226, 1251),
        ("RUB", 1, "2.25", 22, "per_line", 50, 275),
    ],
)
def test_vat_follows_the_rounding_policy_and_halves_go_up(currency, n, price, rate, rounding, tax, gross):
    totals = count(rows(n, 1, price, rate), Terms(currency, rounding=rounding))
    assert (totals.tax, totals.gross) == (tax, gross)
    assert sum(row.tax for row in totals.rows) == tax


@pytest.mark.parametrize(
    ("price", "rate", "tax", "net"),
    [("100000", 22, 1803279, 8196721), ("120000", 5, 571429, 11428571), ("120000", 7, 785047, 11214953)],
)
@pytest.mark.parametrize("rounding", ["per_line", "per_rate_total"])
def test_vat_inside_keeps_the_gross_as_it_was_typed(price, rate, tax, net, rounding):
    totals = count(rows(1, 1, price, rate), Terms("RUB", vat="inside", rounding=rounding))
    assert (totals.gross, totals.tax, totals.net) == (int(price) * 100, tax, net)


@pytest.mark.parametrize(("mode", "commission"), [("of_gross", 15000000), ("on_net", 12750000)])
def test_the_commission_has_two_modes_that_differ(mode, commission):
    line = Line("media", Decimal(1), Decimal(850000), kind="media", commissionable=True)
    totals = count([line], Terms("RUB", commission=mode, commission_rate=Decimal(15)))
    assert totals.commission.net == commission
    assert totals.net == 85000000 + commission


def test_a_rounded_commission_of_17_65_percent_is_a_third_number():
    assert money.share(85000000, Decimal("17.65")) == 15002500


def test_markup_and_margin_are_different_prices():
    assert money.mark_up(26000000, 15) == 29900000
    assert money.gross_up(26000000, 15) == 30588235


def test_hours_are_counted_from_minutes():
    assert count([Line("media", in_hours(140), Decimal(3500))], Terms("RUB")).net == 816667


def test_a_line_is_rounded_before_its_discount():
    row = count([Line("media", Decimal(18), Decimal("3200.55"), discount=Decimal("12.5"))], Terms("RUB")).rows[0]
    assert (row.full, row.discount, row.sum) == (5760990, 720124, 5040866)


def test_discounts_of_line_and_project_cascade():
    line = Line("media", Decimal(1), Decimal(100), discount=Decimal(10))
    assert count([line], Terms("RUB", discount=Decimal(5))).net == 8550


def test_the_czech_case():
    totals = count(*cases.kayaks())
    assert totals.discount == 475580
    assert [(tax.rate, tax.net, tax.tax) for tax in totals.taxes] == [
        (Decimal(21), 12547920, 2635063),
        (Decimal(12), 1732500, 207900),
    ]
    assert (totals.net, totals.tax, totals.gross) == (14280420, 2842963, 17123383)
    assert divide(totals.gross, by_percents(50, 50)) == [8561692, 8561691]


def test_the_english_case_is_reverse_charge():
    totals = count(*cases.tea())
    assert (totals.subtotal, totals.discount_base, totals.discount) == (1001872, 956875, 23922)
    assert (totals.net, totals.tax, totals.gross) == (977950, 0, 977950)
    assert divide(totals.gross, by_percents(50, 50)) == [488975, 488975]


def test_the_polish_case_adds_up():
    lines = [
        Line("creative", Decimal(1), Decimal(14800), tax_rate=Decimal(23)),
        Line("creative", Decimal(18), Decimal(165), tax_rate=Decimal(23)),
        Line("production", Decimal(1), Decimal(21500), tax_rate=Decimal(23), kind="subcontract", discountable=False),
        Line("production", Decimal(6), Decimal("329.90"), tax_rate=Decimal(8), discountable=False),
    ]
    totals = count(lines, Terms("PLN", rounding="per_rate_total", discount=Decimal(3), tax_rate=Decimal(23)))
    assert totals.discount == 53310
    assert [(tax.net, tax.tax) for tax in totals.taxes] == [(3873690, 890949), (197940, 15835)]
    assert totals.gross == 4978414


def test_version_one_of_the_morning_has_no_discounts():
    totals = count(*cases.morning(with_discounts=False))
    assert totals.gross == 274368240
    assert totals.discount == 0


@pytest.mark.parametrize("rounding", ["per_line", "per_rate_total"])
def test_version_two_of_the_morning(rounding):
    lines, terms = cases.morning(with_discounts=True)
    totals = count(lines, Terms(**{name: getattr(terms, name) for name in terms.__slots__} | {"rounding": rounding}))
    assert [(section.key, section.subtotal) for section in totals.sections] == [
        ("service", 18000000),
        ("creative", 49664000),
        ("media", 82900000),
        ("production", 67752000),
    ]
    assert (totals.subtotal, totals.discount_base, totals.discount) == (218316000, 123264000, 6163200)
    assert (totals.commission_base, totals.commission.net) == (60000000, 6000000)
    assert (totals.net, totals.tax, totals.gross) == (218152800, 47993616, 266146416)
    assert (totals.cost, totals.margin, totals.margin_percent) == (153840000, 64312800, Decimal("29.48"))
    assert divide(totals.gross, by_percents(40, 40, 20)) == [106458566, 106458566, 53229284]


def test_the_addition_takes_the_project_over_its_budget():
    lines = [
        Line("creative", Decimal(6), Decimal(3200), tax_rate=Decimal(22)),
        Line("production", Decimal("0.5"), Decimal(28000), tax_rate=Decimal(22)),
    ]
    addition = count(lines, Terms("RUB", tax_rate=Decimal(22)))
    assert (addition.net, addition.tax, addition.gross) == (3320000, 730400, 4050400)
    both = count(*cases.morning(with_discounts=True)).gross + addition.gross
    assert (both, both - 270000000) == (270196816, 196816)


def test_options_are_shown_and_not_counted():
    lines = [*rows(1, 1, 100, 22), Line("creative", Decimal(1), Decimal(50), tax_rate=Decimal(22), optional=True)]
    totals = count(lines, Terms("RUB", discount=Decimal(10), tax_rate=Decimal(22)))
    assert totals.gross == 10980
    assert [option.gross for option in totals.options] == [6100]


def test_lines_outside_vat_carry_none():
    lines = [Line("media", Decimal(1), Decimal(100), tax_rate=None), *rows(1, 1, 100, 22)]
    totals = count(lines, Terms("RUB"))
    assert [(tax.rate, tax.tax) for tax in totals.taxes] == [(Decimal(22), 2200), (None, 0)]


def test_an_addition_may_be_negative():
    lines = [
        Line("creative", Decimal(-1), Decimal("333.33"), tax_rate=Decimal(22)),
        Line("media", Decimal(1), Decimal("333.33"), tax_rate=Decimal(22)),
    ]
    assert count(lines, Terms("RUB", discount=Decimal(5), rounding="per_rate_total")).gross == 0
    assert count(lines[:1], Terms("RUB")).gross == -40666


def test_an_empty_smeta_is_nothing():
    totals = count([], Terms("RUB", discount=Decimal(5), commission="on_net", commission_rate=Decimal(10)))
    assert (totals.net, totals.gross, totals.margin_percent) == (0, 0, None)


def test_floats_are_refused():
    with pytest.raises(TypeError):
        Line("media", Decimal(1), 10.5)
    with pytest.raises(TypeError):
        Terms("RUB", discount=0.1)
    with pytest.raises(TypeError):
        Part(percent=0.5)


def test_the_last_payment_takes_the_remainder():
    assert divide(12345679, by_percents(50, 50)) == [6172840, 6172839]
    assert in_equal_parts(10000, 3) == [3333, 3333, 3334]
    assert divide(10000, [Part(fixed=2500), Part(percent=Decimal(50)), Part()]) == [2500, 5000, 2500]
    assert divide(10000, [Part(fixed=2500), Part(fixed=7500)]) == [2500, 7500]
    assert sum(divide(5, by_percents(*[10] * 10))) == 5
    assert min(divide(5, by_percents(*[10] * 10))) >= 0


@pytest.mark.parametrize(
    "parts",
    [
        [],
        by_percents(50, 40),
        by_percents(60, 60),
        by_percents(0, 100),
        [Part(), Part(percent=Decimal(50))],
        [Part(fixed=20000), Part()],
        [Part(fixed=2500), Part(fixed=2500)],
        [Part(fixed=2500), Part(percent=Decimal(50))],
        [Part(fixed=6000), Part(percent=Decimal(50)), Part()],
    ],
)
def test_a_schedule_that_does_not_divide_the_total_is_refused_in_words(parts):
    with pytest.raises(UnevenSchedule) as refusal:
        divide(10000, parts)
    assert str(refusal.value)
