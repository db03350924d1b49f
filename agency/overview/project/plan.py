"""The plan of a project: each stage as a bar on the days of the whole, with the day it was first planned for; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agency.flow.reports.material import Stage
from agency.flow.reports.stages import current, spans
from agency.flow.reports.timeline import THINNEST, WHOLE, Scale

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bar:
    """A stage: where its bar begins and how long it is, in thousandths; `planned_at` when its day has moved."""

    n: int
    name: str
    state: str
    at: int
    width: int
    filled: int
    ends_on: date
    planned_on: date
    planned_at: int | None
    late: bool


@dataclass(frozen=True)
class Plan:
    """All bars from the first day to the last, where today stands, and the Mondays to read them by."""

    first_on: date
    last_on: date
    bars: tuple[Bar, ...]
    today: int | None
    ticks: tuple[tuple[date, int], ...]


def of(begins: date, stages: Sequence[Stage], today: date) -> Plan | None:
    """The plan on a day; None without stages."""
    if not stages:
        return None
    rows = spans(begins, stages)
    ends = [*(stage.planned_on for stage in stages), *(last for _first, last in rows)]
    scale = Scale(min(begins, *(first for first, _last in rows)), max(ends))
    now = current(stages)
    bars = tuple(_bar(stage, span, scale, stage is now, today) for stage, span in zip(stages, rows, strict=True))
    here = scale.at(today) if scale.first <= today <= scale.last else None
    return Plan(scale.first, scale.last, bars, here, tuple((day, scale.at(day)) for day in scale.mondays()))


def _bar(stage: Stage, span: tuple[date, date], scale: Scale, is_now: bool, today: date) -> Bar:
    start, end = scale.at(span[0]), min(scale.at(span[1] + DAY), WHOLE)
    is_now = is_now and stage.done_on is None
    width = max(end - start, THINNEST)
    passed = scale.at(min(span[1], today) + DAY) - start if is_now and today >= span[0] else 0
    has_moved = stage.done_on is None and stage.planned_on != stage.forecast_on
    return Bar(
        n=stage.ordinal, name=stage.name, state="done" if stage.done_on else "now" if is_now else "ahead", at=start,
        width=width, filled=width if stage.done_on else max(0, min(width, passed)), ends_on=span[1],
        planned_on=stage.planned_on, planned_at=min(scale.at(stage.planned_on + DAY), WHOLE) if has_moved else None,
        late=stage.done_on is None and stage.forecast_on < today,
    )
