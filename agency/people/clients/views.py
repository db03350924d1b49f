"""Pages of the room."""

from agency.kit.web import Room

room = Room("clients", __name__)
