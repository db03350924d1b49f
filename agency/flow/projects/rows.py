"""Rows of a form that are not fields of their own: stages and requirements, as they were typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agency.flow.projects import presets
from agency.flow.projects.statements import Statement
from agency.kit import clock
from agency.kit.words import _
from agency.people.agency.calendars import WorkingCalendar

EMPTY_STAGES, EMPTY_STATEMENTS = 1, 2


@dataclass
class StageRow:
    """A stage as it was typed; `day` is None until it can be understood."""

    name: str
    typed_day: str
    day: date | None = None
    error: str = ""


def heard_stages(sent: Any) -> list[StageRow]:
    """The rows of stages that were sent; a day that cannot be understood has its sentence."""
    found = []
    for name, typed in zip(sent.getlist("stage_name"), sent.getlist("stage_day"), strict=False):
        row = StageRow(" ".join(name.split())[:120], typed.strip())
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
    names = presets.names(preset)
    return spread([StageRow(name, "") for name in names], preset, calendar, first, last)


def spread(
    rows: Sequence[StageRow], preset: str, calendar: WorkingCalendar, first: date, last: date | None,
) -> list[StageRow]:
    """The same rows with their days spread anew between start and finish."""
    named = [row for row in rows if row.name]
    days = presets.spread(calendar, first, last, presets.shares(preset, len(named)))
    return [StageRow(row.name, day.isoformat(), day) for row, day in zip(named, days, strict=True)]


def filled(
    rows: Sequence[StageRow], preset: str, calendar: WorkingCalendar, first: date, last: date | None,
) -> list[tuple[str, date]]:
    """Stages with a day each: those left open get the day their share of the time gives them."""
    spreaded = spread(rows, preset, calendar, first, last)
    named = [row for row in rows if row.name]
    return [(row.name, row.day or other.day or first) for row, other in zip(named, spreaded, strict=True)]


def heard_statements(sent: Any) -> list[Statement]:
    """The statements that were sent, ticked or not, with the words as they were changed."""
    wanted = set(sent.getlist("want"))
    found = [Statement(words.strip(), str(at) in wanted) for at, words in enumerate(sent.getlist("said"))]
    return [statement for statement in found if statement.words]
