"""Pages of the site itself: components, health, robots."""

import shutil
from typing import Any

from flask import Response, current_app, jsonify
from sqlalchemy import text

from agency.kit import queue
from agency.kit.db import db
from agency.kit.web import Room, needs, page, public

room = Room("site", __name__, at="")
LEAST_FREE = 200 * 1024 * 1024


@room.get("/components")
@needs("components.view")
def components() -> Any:
    """Every part of the interface in every state."""
    return page("components/index.html")


@room.get("/health/live")
@public("a supervisor asks without an account")
def live() -> Any:
    """The process answers."""
    return jsonify(status="ok")


@room.get("/health/ready")
@public("a load balancer asks without an account; it says only yes or no")
def ready() -> Any:
    """The database answers and there is room on the disk."""
    db.session.execute(text("SELECT 1"))
    free = shutil.disk_usage(current_app.config["SETTINGS"].data).free
    good = {"database": True, "disk": free > LEAST_FREE, "queue": queue.status().server}
    return jsonify(**good), 200 if good["disk"] else 503


@room.get("/robots.txt")
@public("robots are told to stay out")
def robots() -> Response:
    """Nothing here is for search engines."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
