"""Rows of a form that are not fields of their own: stages and requirements, as they were typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from agency.flow.projects import presets
from agency.flow.projects.statements import Statement
from agency.kit import clock
from agency.kit.words import _
from agency.people.agency.calendars import WorkingCalendar
from agency.people.agency.stage_endings import BY_HAND, known

EMPTY_STAGES, EMPTY_STATEMENTS = 1, 2


@dataclass
class StageRow:
    """A stage as it was typed; `day` is None until it can be understood."""

    name: str
    typed_day: str
    day: date | None = None
    error: str = ""
    ending: str = BY_HAND


def heard_stages(sent: Any) -> list[StageRow]:
    """The rows of stages that were sent; a day that cannot be understood has its sentence."""
    found = []
    sent_rows = zip_longest(sent.getlist("stage_name"), sent.getlist("stage_day"), sent.getlist("stage_ending"))
    for name, typed, ending in sent_rows:
        row = StageRow(" ".join((name or "").split())[:120], (typed or "").strip(), ending=known(ending))
        if row.typed_day:
            try:
                row.day = clock.day_typed(row.typed_day)
            except ValueError:
                row.error = _("Write the day like 2027-02-15.")
        if row.typed_day and not row.name:
            row.error = _("Name the stage.")
        if row.name or row.typed_day:
            found.append(row)
    return found


def preset_stages(preset: str, calendar: WorkingCalendar, first: date, last: date | None) -> list[StageRow]:
    """The rows of a preset with their days."""
    stages = [StageRow(name, "", ending=ending) for name, ending in presets.named(preset)]
    return spread(stages, preset, calendar, first, last)


def spread(
    rows: Sequence[StageRow], preset: str, calendar: WorkingCalendar, first: date, last: date | None,
) -> list[StageRow]:
    """The same rows with their days spread anew between start and finish."""
    named = [row for row in rows if row.name]
    days = presets.spread(calendar, first, last, presets.shares(preset, len(named)))
    return [
        StageRow(row.name, day.isoformat(), day, ending=row.ending) for row, day in zip(named, days, strict=True)
    ]


def filled(
    rows: Sequence[StageRow], preset: str, calendar: WorkingCalendar, first: date, last: date | None,
) -> list[tuple[str, date, str]]:
    """Stages with a day and an ending each: those left open get the day their share of the time gives them."""
    spreaded = spread(rows, preset, calendar, first, last)
    named = [row for row in rows if row.name]
    return [
        (row.name, row.day or other.day or first, row.ending) for row, other in zip(named, spreaded, strict=True)
    ]


def heard_statements(sent: Any) -> list[Statement]:
    """The statements that were sent, ticked or not, with the words as they were changed."""
    wanted = set(sent.getlist("want"))
    found = [Statement(words.strip(), str(at) in wanted) for at, words in enumerate(sent.getlist("said"))]
    return [statement for statement in found if statement.words]
