"""Where the project stands among its stages; pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from agency.flow.reports.material import Material, Stage, Work


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
        "n": place + 1,
        "of": len(material.stages),
        "name": here.name,
        "done": done,
        "works": works,
        "percent": (200 * done + works) // (2 * works) if works else (100 if here.done_on else None),
        "planned_on": here.planned_on,
        "forecast_on": here.done_on or here.forecast_on,
        "finish_planned_on": max(stage.planned_on for stage in material.stages),
        "finish_on": max(stage.done_on or stage.forecast_on for stage in material.stages),
    }
