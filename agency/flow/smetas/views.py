"""Pages of the room."""

from agency.flow.smetas import documents, operations  # noqa: F401
from agency.kit.web import Room

room = Room("smetas", __name__)
