"""The edge of the web: one unit a request, declared routes, answers, forms, errors, headers."""

from agency.kit.web.answers import fragment, go, inside, page, said, site_url
from agency.kit.web.drawing import drawn_once, macro
from agency.kit.web.edge import Application, actor, uploads
from agency.kit.web.forms import OK, Form, attempt, choices, refusals
from agency.kit.web.numbers import whole
from agency.kit.web.routes import Room, needs, own_unit, public
from agency.kit.web.tables import exported, exports
from agency.kit.web.versions import changed_meanwhile

__all__ = [
    "OK", "Application", "Form", "Room", "actor", "attempt", "changed_meanwhile", "choices", "drawn_once", "exported",
    "exports", "fragment", "go", "inside", "macro", "needs", "own_unit", "page", "public", "refusals", "said",
    "site_url", "uploads", "whole",
]
