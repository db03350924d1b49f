"""Pages of the room."""

from agency.kit.web import Room

room = Room("project", __name__)
