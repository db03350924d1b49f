"""Pages of the room."""

from agency.kit.web import Room

room = Room("projects", __name__)
