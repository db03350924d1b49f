"""Ready-made rows of stages, and their days spread over the working days of a project; pure."""

from collections.abc import Sequence
from datetime import date

from agency.kit.words import Lazy, lazy_in
from agency.people.agency.calendars import WorkingCalendar

USUAL_LENGTH = 60

# Each stage with its share of the time, in percent.
PRESETS: dict[str, tuple[tuple[Lazy, int], ...]] = {
    "campaign": (
        (lazy_in("stage", "Brief"), 7),
        (lazy_in("stage", "Strategy and estimate"), 8),
        (lazy_in("stage", "Concept"), 12),
        (lazy_in("stage", "Design and copy"), 20),
        (lazy_in("stage", "Production"), 18),
        (lazy_in("stage", "Launch and running"), 30),
        (lazy_in("stage", "Results"), 5),
    ),
    "design": (
        (lazy_in("stage", "Brief"), 10),
        (lazy_in("stage", "Estimate"), 10),
        (lazy_in("stage", "Concept"), 35),
        (lazy_in("stage", "Design"), 35),
        (lazy_in("stage", "Handing over"), 10),
    ),
    "site": (
        (lazy_in("stage", "Brief"), 6),
        (lazy_in("stage", "Estimate"), 6),
        (lazy_in("stage", "Prototype"), 18),
        (lazy_in("stage", "Design"), 22),
        (lazy_in("stage", "Building"), 30),
        (lazy_in("stage", "Testing"), 12),
        (lazy_in("stage", "Launch"), 6),
    ),
}
PRESET_NAMES = {
    "campaign": lazy_in("preset", "Campaign, seven stages"),
    "design": lazy_in("preset", "Design, five stages"),
    "site": lazy_in("preset", "Site, seven stages"),
}


def names(preset: str) -> list[str]:
    """The names of a preset's stages in the language of the moment."""
    return [str(name) for name, _ in PRESETS[preset]]


def shares(preset: str, count: int) -> list[int]:
    """The shares of a preset, or equal ones when the number of stages is another."""
    known = [share for _, share in PRESETS.get(preset, ())]
    return known if len(known) == count else [1] * count


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
