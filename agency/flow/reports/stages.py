"""Where the project stands among its stages, and the small plan of them; pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from agency.flow.reports.material import Material, Stage, Work

WHOLE = 1000
MOST_TICKS = 7


def current(stages: Sequence[Stage]) -> Stage | None:
    """The first stage that is not done, else the last one."""
    return next((stage for stage in stages if stage.done_on is None), stages[-1] if stages else None)


def spans(begins: date, stages: Sequence[Stage]) -> list[tuple[date, date]]:
    """First and last day of each stage as they were or are foreseen; a stage begins where the one before ends."""
    found, free = [], begins
    for stage in stages:
        last = stage.done_on or stage.forecast_on
        # Whoever only said that a stage was over did not mean that it took one day.
        known = stage.started_on if stage.started_on != stage.done_on else None
        first = min(known or free, last)
        found.append((first, last))
        free = max(free, last + timedelta(days=1))
    return found


def counts(works: Sequence[Work], first: date, last: date) -> tuple[int, int]:
    """How many of the works due within a stage are done, and how many there are."""
    due = [work for work in works if work.due_on and first <= work.due_on <= last and work.state != "cancelled"]
    return sum(work.state == "done" for work in due), len(due)


def stage_of(material: Material) -> dict[str, Any] | None:
    """Stage n of m with its name, its share of finished works, and planned and foreseen days."""
    here = current(material.stages)
    if here is None:
        return None
    place = material.stages.index(here)
    done, works = counts(material.works, *spans(material.begins, material.stages)[place])
    return {
        "n": place + 1, "of": len(material.stages), "name": here.name, "done": done, "works": works,
        "percent": round(100 * done / works) if works else (100 if here.done_on else None),
        "planned_on": here.planned_on, "forecast_on": here.done_on or here.forecast_on,
        "finish_planned_on": max(stage.planned_on for stage in material.stages),
        "finish_on": max(stage.done_on or stage.forecast_on for stage in material.stages),
    }  # fmt: skip


def timeline(material: Material) -> dict[str, Any] | None:
    """Each stage as a bar, in thousandths of the whole time; with a few Mondays to read it by."""
    if not material.stages:
        return None
    rows = spans(material.begins, material.stages)
    first = min(material.begins, *(row[0] for row in rows))
    last = max([stage.planned_on for stage in material.stages] + [row[1] for row in rows])
    here = current(material.stages)

    def at(day: date) -> int:
        days = (last - first).days + 1
        return max(0, min(WHOLE, round(WHOLE * (day - first).days / days)))

    def bar(stage: Stage, span: tuple[date, date]) -> dict[str, Any]:
        start, end = at(span[0]), at(span[1] + timedelta(days=1))
        state = "done" if stage.done_on else "now" if stage is here else "ahead"
        passed = at(min(span[1], material.on) + timedelta(days=1)) if material.on >= span[0] else start
        return {
            "name": stage.name, "state": state, "at": start, "width": max(end - start, 6), "first_on": span[0],
            "last_on": span[1], "planned_on": stage.planned_on, "planned_at": at(stage.planned_on + timedelta(days=1)),
            "is_moved": stage.done_on is None and stage.planned_on != stage.forecast_on,
            "filled": end - start if state == "done" else max(0, passed - start) if state == "now" else 0,
        }  # fmt: skip

    return {
        "first_on": first, "last_on": last, "today": at(material.on),
        "ticks": [{"on": day, "at": at(day)} for day in _ticks(first, last)],
        "rows": [bar(stage, span) for stage, span in zip(material.stages, rows, strict=True)],
    }  # fmt: skip


def _ticks(first: date, last: date) -> list[date]:
    weeks = max(1, -(-(last - first).days // (7 * MOST_TICKS)))
    monday = first + timedelta(days=-first.weekday() % 7)
    days = []
    while monday <= last:
        days.append(monday)
        monday += timedelta(weeks=weeks)
    return days
