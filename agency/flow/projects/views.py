"""Pages of the room beside the project's own page, which stands above the flow."""

from agency.flow.projects import card, opening, requirement_pages, stage_pages
from agency.kit.web import Room

room = Room("project_parts", __name__, at="/projects")
opening.routes(room)
card.routes(room)
stage_pages.routes(room)
requirement_pages.routes(room)
