"""Pages of the room."""

from agency.kit.web import Room

room = Room("promises", __name__)
