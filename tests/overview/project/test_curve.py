"""The drawing of the budget's curve: days from left to right, shares from below, the worked line until today."""

from datetime import date
from fractions import Fraction

from agency.overview.project import curve
from agency.overview.project.burn import Chart, Point

FIRST, TODAY, LAST = date(2026, 11, 2), date(2026, 11, 12), date(2026, 11, 22)


def test_the_curve_fills_its_field_and_the_worked_line_ends_today() -> None:
    none, half, whole = Fraction(0), Fraction(1, 2), Fraction(1)
    points = Point(FIRST, none, none), Point(TODAY, half, Fraction(1, 4)), Point(LAST, whole, None)
    drawn = curve.of(Chart(points, Fraction(1, 4), half, 250_000))
    assert drawn.planned == "8.0,168.0 181.0,90.0 354.0,12.0"
    assert drawn.worked == "8.0,168.0 181.0,129.0"
    assert drawn.ends == ("181.0", "129.0")
    assert drawn.rules == (("168.0", "172.0", 0), ("90.0", "94.0", 1), ("12.0", "16.0", 2))


def test_a_project_of_one_day_has_a_curve_too() -> None:
    drawn = curve.of(Chart((Point(FIRST, Fraction(0), None),), Fraction(0), Fraction(0), 100))
    assert (drawn.planned, drawn.worked, drawn.ends) == ("8.0,168.0", "", None)
