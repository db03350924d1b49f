"""Two versions of a smeta told in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from agency.flow.smetas.comparison import compare, face
from agency.flow.smetas.totals import count
from agency.kit.words import using
from tests.flow.smetas import cases

NAMES = {at: (f"Row {at}", "h") for at in range(len(cases.MORNING_ROWS))}
NBSP = "\u00a0"


def version(with_discounts, change=lambda lines: lines):
    lines, terms = cases.morning(with_discounts)
    return face(count(change(lines), terms), terms, NAMES)


def test_the_same_version_has_nothing_to_tell():
    assert compare(version(True), version(True)) == []


def test_the_two_versions_of_the_morning():
    with using("ru"):
        said = [change.sentence.replace(NBSP, " ") for change in compare(version(False), version(True))]
    assert said == [
        "Row 4: скидка 0 % → 10 %; сумма 57 600 ₽ → 51 840 ₽",
        "Скидка на проект: 0 % → 5 %",
        "Итого: 2 743 682,40 ₽ → 2 661 464,16 ₽",
    ]


def test_rows_come_go_and_change():
    def edit(lines):
        changed = replace(lines[1], quantity=Decimal(2), price=Decimal(230000))
        return [lines[0], changed, replace(lines[2], optional=True), *lines[4:]]

    def shortened(lines):
        return lines[1:]

    with using("en"):
        changes = compare(version(True, shortened), version(True, edit))
    assert [(change.kind, change.delta) for change in changes[:4]] == [
        ("added", 18000000),
        ("changed", 22000000),
        ("changed", -5040000),
        ("removed", -9360000),
    ]
    assert "quantity 1 h → 2 h" in changes[1].sentence
    assert "price 240,000 → 230,000" in changes[1].sentence
    assert "became an option" in changes[2].sentence


def test_the_client_is_not_told_of_costs():
    def dearer(lines):
        return [replace(line, cost=line.cost + 1) for line in lines]

    assert compare(version(True), version(True, dearer)) == []
