"""Pages of the room."""

from agency.flow.briefs import documents as _documents  # noqa: F401 - declares the paper
from agency.kit.web import Room

room = Room("briefs", __name__)
