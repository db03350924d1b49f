"""Rows of stages a project may begin with, and their days spread over its working days."""

from collections.abc import Sequence
from datetime import date

from agency.people.agency import queries as agencies
from agency.people.agency import stage_rows
from agency.people.agency.calendars import WorkingCalendar

USUAL_LENGTH = 60
FIRST = "campaign"


def known(preset: str) -> str:
    """The preset itself, or the usual one for a name nobody knows."""
    return preset if preset in stage_rows.ROWS else FIRST


def choice() -> list[tuple[str, str]]:
    """Every row with its name, the agency's own words where it wrote some."""
    return [(key, str(agencies.stages(key)["name"])) for key in stage_rows.ROWS]


def named(preset: str) -> list[tuple[str, str]]:
    """The names of a row's stages, each with what ends the stage by itself."""
    return [(name, ending) for name, _share, ending in agencies.stages(known(preset))["stages"]]


def names(preset: str) -> list[str]:
    """The names of a row's stages."""
    return [name for name, _ending in named(preset)]


def endings(preset: str) -> list[str]:
    """What ends each of a row's stages by itself."""
    return [ending for _name, ending in named(preset)]


def shares(preset: str, count: int) -> list[int]:
    """The shares of a row, or equal ones when the number of stages is another."""
    found = [share for _name, share, _ending in agencies.stages(known(preset))["stages"]]
    return found if len(found) == count else [1] * count


def spread(calendar: WorkingCalendar, first: date, last: date | None, weights: Sequence[int]) -> list[date]:
    """The last day of each stage: a working day, the shares adding up to the whole span; never earlier than `first`."""
    end = last or calendar.add_working_days(first, USUAL_LENGTH)
    days = calendar.working_days(first, end) or [first]
    whole, passed, found = sum(weights) or 1, 0, []
    for weight in weights:
        passed += weight
        found.append(days[max(0, -(-len(days) * passed // whole) - 1)])
    if found and last:
        found[-1] = max(last, found[-1])
    return found
