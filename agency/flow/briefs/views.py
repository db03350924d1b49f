"""Pages of the room."""

from agency.kit.web import Room

room = Room("briefs", __name__)
