"""Pages of the room."""

from agency.kit.web import Room

room = Room("requests", __name__)
