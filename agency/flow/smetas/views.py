"""Pages of the room."""

from agency.kit.web import Room

room = Room("smetas", __name__)
