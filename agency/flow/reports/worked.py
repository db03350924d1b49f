"""How much of the agreed work is done and how much should be, in all and by department; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from agency.flow.tasks import progress
from agency.kit.money import half_up
from agency.people.agency.calendars import WorkingCalendar


@dataclass(frozen=True)
class WorkLine:
    """A line of an agreed estimate: its department, and its net with what its tasks say."""

    department: str
    part: progress.Part


@dataclass(frozen=True)
class Burn:
    """What was worked off and what was planned to be by now, as shares of the net."""

    worked: Fraction
    planned: Fraction
    early: Fraction = Fraction(0)

    @property
    def ahead(self) -> Fraction:
        """By how many per cent points more was worked off than planned, but for what is finished before its days."""
        return (self.worked - self.early - self.planned) * 100


def burn(lines: Iterable[WorkLine], on: date, calendar: WorkingCalendar) -> Burn:
    """Worked off and planned by the end of a day, of the net of all lines."""
    parts = [line.part for line in lines]
    return Burn(progress.worked(parts), progress.planned(parts, on, calendar), progress.early(parts, on, calendar))


def by_department(lines: Iterable[WorkLine]) -> dict[str, tuple[int, Fraction]]:
    """For each department the sum of its lines in minor units, and the share of it worked off."""
    found: dict[str, list[progress.Part]] = {}
    for line in lines:
        found.setdefault(line.department, []).append(line.part)
    return {code: (sum(part.net for part in parts), progress.worked(parts)) for code, parts in found.items()}


def percent(share: Fraction) -> int:
    """A share as whole per cent, a half going up."""
    return int(half_up(share * 100))
