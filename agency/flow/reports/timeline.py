"""The small plan of a report: each stage as a bar, in thousandths of the whole time; pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agency.flow.reports.material import Material, Stage
from agency.flow.reports.stages import current, spans

WHOLE = 1000
MOST_TICKS = 7
THINNEST = 6
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scale:
    """The days of the plan on a line of a thousand parts."""

    first: date
    last: date

    def at(self, day: date) -> int:
        """Where a day begins."""
        days = (self.last - self.first).days + 1
        return max(0, min(WHOLE, WHOLE * (day - self.first).days // days))

    def mondays(self) -> list[date]:
        """A few Mondays to read the plan by."""
        weeks = max(1, -(-(self.last - self.first).days // (7 * MOST_TICKS)))
        monday, found = self.first + timedelta(days=-self.first.weekday() % 7), []
        while monday <= self.last:
            found.append(monday)
            monday += timedelta(weeks=weeks)
        return found


def timeline(material: Material) -> dict[str, Any] | None:
    """The bars of all stages, today, and a few days to read them by; None without stages."""
    if not material.stages:
        return None
    rows = spans(material.begins, material.stages)
    ends = [stage.planned_on for stage in material.stages] + [last for _first, last in rows]
    scale = Scale(min(material.begins, *(first for first, _last in rows)), max(ends))
    return {
        "first_on": scale.first,
        "last_on": scale.last,
        "today": scale.at(material.on),
        "ticks": [{"on": day, "at": scale.at(day)} for day in scale.mondays()],
        "rows": [_bar(material, scale, stage, span) for stage, span in zip(material.stages, rows, strict=True)],
    }


def _bar(material: Material, scale: Scale, stage: Stage, span: tuple[date, date]) -> dict[str, Any]:
    start, end = scale.at(span[0]), scale.at(span[1] + DAY)
    is_now = stage.done_on is None and stage is current(material.stages)
    passed = scale.at(min(span[1], material.on) + DAY) if is_now and material.on >= span[0] else start
    return {
        "name": stage.name,
        "state": "done" if stage.done_on else "now" if is_now else "ahead",
        "at": start,
        "width": max(end - start, THINNEST),
        "filled": end - start if stage.done_on else max(0, passed - start),
        "first_on": span[0],
        "last_on": span[1],
        "planned_on": stage.planned_on,
        "planned_at": scale.at(stage.planned_on + DAY),
        "is_moved": stage.done_on is None and stage.planned_on != stage.forecast_on,
    }
