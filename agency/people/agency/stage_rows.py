"""Ready-made rows of stages, each with its share of the time in per cent; the agency may write its own."""

from typing import Any

from agency.kit.words import Lazy, lazy_in
from agency.people.agency.stage_endings import BY_HAND

ROWS: dict[str, tuple[tuple[Lazy, int], ...]] = {
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
NAMES = {
    "campaign": lazy_in("preset", "Campaign, seven stages"),
    "design": lazy_in("preset", "Design, five stages"),
    "site": lazy_in("preset", "Site, seven stages"),
}


# What ends the first stages of every ready-made row; the rest end when somebody says so.
ENDINGS = ("brief", "estimate")


def ready(key: str) -> dict[str, Any]:
    """The ready-made row as a setting keeps it, in the language of the moment."""
    endings = (*ENDINGS, *[BY_HAND] * len(ROWS[key]))
    return {
        "name": str(NAMES[key]),
        "stages": [[str(name), share, ending] for (name, share), ending in zip(ROWS[key], endings, strict=False)],
    }
