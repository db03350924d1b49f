"""Pages of the room beside the project's own page, which stands above the flow."""

from agency.kit.web import Room

room = Room("project_parts", __name__, at="/projects")
