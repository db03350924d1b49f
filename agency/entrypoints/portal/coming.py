"""The way in: a link's token becomes a cookie, and the address becomes clean."""

from datetime import timedelta
from typing import Any

from flask import redirect, request

from agency.entrypoints.portal import links
from agency.kit import limits
from agency.kit.db import aside
from agency.kit.web import Room, own_unit, page, public
from agency.people.accounts import sessions

TRIES, SPAN = 60, timedelta(minutes=10)


def routes(room: Room) -> None:
    """Add the page that swaps a token for a cookie."""

    @room.get("/p/<token>")
    @public("the token is the proof; opening it writes nothing but the reader's session")
    @own_unit
    def enter(token: str) -> Any:
        """Let the holder of a living link in, and go on to a clean address."""
        if not limits.allow(f"links:{request.remote_addr}", TRIES, SPAN):
            return page("portal/link_over.html", 429)
        with aside() as session:
            found = links.swap(token, session, str(request.user_agent))
        if found is None:
            return page("portal/link_over.html", 404)
        secret, target = found
        return sessions.set_cookie(redirect(target, 303), secret, sessions.PORTAL_COOKIE)
