"""Pages of the room."""

from agency.kit.web import Room

room = Room("portal", __name__)
