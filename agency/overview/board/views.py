"""Pages of the room."""

from agency.kit.web import Room

room = Room("board", __name__)
