"""The first things of a new agency: departments, taxes, limits, one own entity."""

from agency.people.agency import presets
from agency.people.agency.models import OwnEntity
from agency.people.departments import operations as departments


def found() -> OwnEntity:
    """Lay what every agency begins with, in the open unit; safe to call again."""
    departments.open_all()
    return presets.lay()
