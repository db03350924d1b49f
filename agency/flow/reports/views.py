"""Pages of the room."""

from agency.kit.web import Room

room = Room("reports", __name__)
