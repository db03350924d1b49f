"""The curve of the budget as a drawing: days and shares laid on a field; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from agency.overview.project.burn import Chart

WIDTH, HEIGHT = 420, 190
LEFT, RIGHT, TOP, BOTTOM = 8, 66, 12, 22
RULES = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Curve:
    """Both lines as points of an SVG, where the worked one ends, and the rules with thousands of the net beside them.

    Each rule is its height, the height of its words, and the words' figure.
    """

    planned: str
    worked: str
    ends: tuple[str, str] | None
    rules: tuple[tuple[str, str, int], ...]
    first_on: date
    last_on: date


def of(chart: Chart) -> Curve:
    """The drawing of a chart."""
    first, last = chart.points[0].on, chart.points[-1].on
    a_day = (WIDTH - LEFT - RIGHT) / ((last - first).days or 1)

    def place(on: date, share: Fraction) -> tuple[str, str]:
        return f"{LEFT + a_day * (on - first).days:.1f}", f"{_height(float(share)):.1f}"

    planned = [place(point.on, point.planned) for point in chart.points]
    worked = [place(point.on, point.worked) for point in chart.points if point.worked is not None]
    rules = ((_height(share), round(chart.net * share / 100_000)) for share in RULES)
    return Curve(
        planned=_line(planned), worked=_line(worked), ends=worked[-1] if worked else None,
        rules=tuple((f"{at:.1f}", f"{at + 4:.1f}", thousands) for at, thousands in rules), first_on=first, last_on=last,
    )


def _height(share: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _line(places: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
