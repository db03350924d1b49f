"""P14: money is exact, on any document, in currencies of no, two and three decimals."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Float, Numeric

from agency.flow.smetas import comparison, schedule, sheet, totals
from agency.flow.smetas.schedule import Part, divide, in_equal_parts
from agency.flow.smetas.totals import Line, Terms, Totals, count
from agency.kit import money, words
from agency.kit.db import Model
from tests.figures import figure
from tests.flow.smetas import cases

# Whole documents, of each of which everything is asked; shares and amounts; and documents made from another.
DOCUMENTS = figure(2000, 50_000)
SHARES = figure(2000, 50_000)
CASES = figure(500, 7500)


def examples(many: int) -> settings:
    """So many of them, however long one takes."""
    return settings(max_examples=many, deadline=None)




def in_places(least: int, most: int) -> st.SearchStrategy[Decimal]:
    """Amounts with four places, drawn as whole numbers, which is far quicker."""
    return st.integers(least * 10_000, most * 10_000).map(lambda n: Decimal(n).scaleb(-4))


RATES = st.sampled_from([None, *map(Decimal, ("0", "5", "7", "8", "10", "12", "21", "22", "23"))])
PERCENTS = in_places(0, 100)
PRICES = in_places(0, 400_000)
SMALL_PERCENTS = in_places(0, 60)
CURRENCIES = st.sampled_from(["RUB", "CZK", "PLN", "EUR", "JPY", "KWD"])


SECTIONS = st.sampled_from(["service", "creative", "media", "production"])
KINDS = st.sampled_from(["own", "subcontract", "media"])
HOURS = st.integers(0, 9000).map(totals.in_hours)
QUANTITIES = {lowest: st.one_of(in_places(lowest, 3000), HOURS) for lowest in (0, -3000)}
EITHER, OFTEN = st.booleans(), st.integers(0, 9)


@st.composite
def lines(draw, lowest=0):
    return Line(
        section=draw(SECTIONS),
        quantity=draw(QUANTITIES[lowest]),
        price=draw(PRICES),
        cost=draw(PRICES),
        discount=draw(PERCENTS),
        tax_rate=draw(RATES),
        kind=draw(KINDS),
        discountable=draw(EITHER),
        commissionable=draw(EITHER),
        optional=draw(OFTEN) == 0,
    )


TERMS = st.builds(
    Terms,
    currency=CURRENCIES,
    vat=st.sampled_from(["on_top", "inside", "reverse_charge"]),
    rounding=st.sampled_from(["per_line", "per_rate_total"]),
    discount=SMALL_PERCENTS,
    commission=st.sampled_from(["none", "on_net", "of_gross"]),
    commission_rate=SMALL_PERCENTS,
    tax_rate=RATES,
)
SMETAS = st.lists(lines(), max_size=25)


def figures(counted: Totals) -> tuple[object, ...]:
    """All totals of a document, with nothing that speaks of the order of its lines."""
    sections = Counter((section.key, section.subtotal, section.cost) for section in counted.sections)
    return (
        counted.subtotal, counted.discount_base, counted.discount, counted.commission_base, counted.net,
        counted.taxes, counted.tax, counted.gross, counted.cost, counted.margin, counted.margin_percent,
        frozenset(sections.items()),
    )  # fmt: skip


def amounts(record: object) -> list[object]:
    """Every figure inside a record, however deep."""
    if is_dataclass(record):
        return [found for field in fields(record) for found in amounts(getattr(record, field.name))]
    if isinstance(record, tuple):
        return [found for each in record for found in amounts(each)]
    return [record]


@examples(DOCUMENTS)
@given(SMETAS, TERMS, st.randoms(use_true_random=False))
def test_the_parts_of_a_document_add_up_in_any_order_each_well_rounded_and_without_a_float(smeta, terms, random):
    counted = count(smeta, terms)
    the_parts_add_up_to_the_whole(counted, terms)
    the_order_of_the_lines_changes_no_total(counted, smeta, terms, random)
    each_rounding_is_at_most_half_a_minor_unit_away(counted, terms)
    assert not [figure for figure in amounts(counted) if isinstance(figure, float)]


def the_parts_add_up_to_the_whole(counted, terms):
    rows = [*counted.rows, *([counted.commission] if counted.commission else [])]
    for row in [*rows, *counted.options]:
        assert row.full - row.discount == row.sum
        assert row.sum - row.share == row.due
        assert row.net + row.tax == row.gross
        assert row.due == (row.gross if terms.vat == "inside" else row.net)
        assert row.net - row.cost == row.margin
    assert sum(row.share for row in rows) == counted.discount
    assert sum(section.subtotal for section in counted.sections) == counted.subtotal
    commission = counted.commission.due if counted.commission else 0
    due = counted.gross if terms.vat == "inside" else counted.net
    assert counted.subtotal - counted.discount + commission == due
    for name in ("net", "tax", "gross"):
        assert sum(getattr(row, name) for row in rows) == getattr(counted, name)
        assert sum(getattr(tax, name) for tax in counted.taxes) == getattr(counted, name)
    assert sum(row.margin for row in rows) == counted.margin


def the_order_of_the_lines_changes_no_total(counted, smeta, terms, random):
    shuffled = list(smeta)
    random.shuffle(shuffled)
    assert figures(count(shuffled, terms)) == figures(counted)


def each_rounding_is_at_most_half_a_minor_unit_away(counted, terms):
    for row in counted.rows:
        exact = Fraction(row.line.quantity) * Fraction(row.line.price) * 10 ** money.exponent(terms.currency)
        assert abs(row.full - exact) <= Fraction(1, 2)
        assert abs(row.share - row.sum * Fraction(terms.discount) / 100 * row.line.discountable) < 1
    assert abs(counted.discount - counted.discount_base * Fraction(terms.discount) / 100) <= Fraction(1, 2)
    if terms.rounding == "per_rate_total" and terms.vat == "on_top":
        for tax in counted.taxes:
            assert abs(tax.tax - tax.net * Fraction(tax.rate or 0) / 100) <= Fraction(1, 2)


@examples(CASES)
@given(st.lists(lines(lowest=-3000), max_size=25), TERMS)
def test_negative_lines_of_an_addition_add_up_as_well(smeta, terms):
    counted = count(smeta, terms)
    assert counted.net + counted.tax == counted.gross
    assert sum(row.share for row in counted.rows) == counted.discount


@examples(CASES)
@given(SMETAS, TERMS)
def test_what_is_taken_back_in_full_leaves_nothing(smeta, terms):
    taken_back = [replace(line, quantity=-line.quantity) for line in smeta]
    first, second = count(smeta, terms), count(taken_back, terms)
    assert (first.net + second.net, first.tax + second.tax, first.gross + second.gross) == (0, 0, 0)


@examples(CASES)
@given(SMETAS, TERMS, st.integers(0, 24))
def test_an_option_costs_nothing_until_it_is_taken(smeta, terms, at):
    assume(smeta)
    at %= len(smeta)
    without = [line for place, line in enumerate(smeta) if place != at]
    offered = [replace(line, optional=True) if place == at else line for place, line in enumerate(smeta)]
    assert figures(count(offered, terms)) == figures(count(without, terms))


@examples(SHARES)
@example(-70, [1, 1, 90, 12285, 1, 126, 1])
@given(st.integers(-(10**12), 10**12), st.lists(st.integers(1, 10**6), min_size=1, max_size=12))
def test_payments_add_up_to_the_total(whole, weights):
    parts = [Part(percent=Decimal(weight * 100) / Decimal(sum(weights))) for weight in weights[:-1]]
    paid = divide(whole, [*parts, Part()])
    assert sum(paid) == whole
    assert all(amount * whole >= 0 for amount in paid)
    in_parts = in_equal_parts(whole, len(weights))
    assert sum(in_parts) == whole
    assert all(amount * whole >= 0 for amount in in_parts)


@examples(SHARES)
@given(st.integers(-(10**12), 10**12), st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=30))
def test_an_amount_shared_out_is_whole_again(whole, weights):
    assume(sum(weights))
    parts = money.allocate(whole, weights)
    assert sum(parts) == whole
    ideals = [whole * Fraction(weight) / Fraction(sum(weights)) for weight in weights]
    assert all(abs(part - ideal) < 1 for part, ideal in zip(parts, ideals, strict=True))


@examples(SHARES)
@given(st.integers(-(10**12), 10**12), CURRENCIES, st.sampled_from(["ru", "en", "cs", "pl"]))
def test_an_amount_shown_and_typed_again_is_the_same(amount, currency, language):
    with words.using(language):
        assert money.parse_money(words.money(amount, currency), currency) == amount


@pytest.mark.parametrize("case", [cases.morning(False), cases.morning(True), cases.kayaks(), cases.tea()])
def test_a_case_of_the_handbook_reads_the_same_backwards(case):
    smeta, terms = case
    assert figures(count(smeta[::-1], terms)) == figures(count(smeta, terms))


@pytest.mark.parametrize("module", [money, totals, sheet, schedule, comparison])
def test_the_arithmetic_knows_no_float(module):
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("float", "round")), node.lineno


MONEY = {"amount", "budget", "cost", "fixed", "gross", "max_gross", "net", "paid", "price", "vat"}


def test_every_column_of_money_holds_more_than_a_billion_kopecks():
    """PostgreSQL's plain integer ends at twenty-one million roubles."""
    _know_every_table()
    columns = [column for table in Model.metadata.tables.values() for column in table.columns if column.name in MONEY]
    assert {column.name for column in columns} == MONEY
    narrow = [str(one) for one in columns if not isinstance(getattr(one.type, "impl_instance", one.type), BigInteger)]
    assert not narrow, narrow


def _know_every_table():
    root = Path(words.__file__).parents[2]
    for path in sorted(root.glob("agency/**/models.py")):
        import_module(".".join(path.relative_to(root).with_suffix("").parts))


def test_no_table_keeps_a_float():
    _know_every_table()
    inexact = [
        f"{table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
        if isinstance(getattr(column.type, "impl_instance", column.type), Float | Numeric)
    ]
    assert not inexact, "\n".join(inexact)
    assert Model.metadata.tables
