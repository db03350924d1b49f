"""The clients' pages, put together from their parts."""

from agency.entrypoints.portal import coming
from agency.kit.web import Room

room = Room("portal", __name__, at="")
coming.routes(room)
