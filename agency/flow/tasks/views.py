"""Pages of the room."""

from agency.kit.web import Room

room = Room("tasks", __name__)
