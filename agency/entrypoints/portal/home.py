"""The door of the portal: the client's projects, the language, the way out, and how to come in again."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from agency.entrypoints.portal import decisions, operations
from agency.entrypoints.portal.queries import own_manager
from agency.flow.projects import queries as projects
from agency.flow.requests import queries as requests
from agency.kit import words
from agency.kit.db import unit
from agency.kit.policy import may
from agency.kit.web import Room, actor, inside, needs, own_unit, page, public
from agency.kit.web.csrf import cookie_flags, cookie_name
from agency.overview.site import frame
from agency.people.accounts import operations as accounts
from agency.people.accounts import sessions
from agency.people.clients import queries as clients

SPOKEN = "agency_language"
YEAR = 365 * 24 * 3600


def routes(room: Room) -> None:
    """Add the door's pages."""
    room.add_url_rule("/portal", "home", home)
    room.add_url_rule("/portal/leaving", "leave", leave, methods=["POST"])
    room.add_url_rule("/portal/language", "language", language, methods=["POST"])
    room.before_request(_speak)
    room.context_processor(_frame)


@needs("portal.view")
def home() -> Any:
    """The client's projects; a single one opens at once."""
    who = actor()
    if who.link is not None and who.link.request_id and not who.link.project_id:
        return redirect(url_for("portal.request", id=who.link.request_id))
    finished = bool(request.args.get("finished"))
    found = projects.in_cabinet(who, finished)
    asked = [] if who.link is not None and who.link.project_id else requests.in_cabinet(who)
    manages, has_finished = _managed(who), bool(projects.counts(who).get("closed"))
    if len(found) == 1 and not (asked or manages or has_finished):
        return redirect(url_for("portal.project", id=found[0].id))
    return page(
        "portal/home.html", projects=found, requests=asked, manager=own_manager(who), reader=who.person,
        waiting=decisions.counts(who.client_ids, found), manages=manages, finished=finished,
        has_finished=has_finished, brands=len({project.brand_id for project in found}) > 1,
    )


def _managed(who: Any) -> list[Any]:
    """The clients whose people the reader may let in."""
    return [client for client in clients.spoken_for(who.id) if may(who, "colleague.invite", client)]


@needs("portal.view")
def leave() -> Response:
    """Close the cabinet on this device."""
    operations.leave(by=actor())
    response = redirect(url_for("portal.entrance"), 303)
    for name in (sessions.PORTAL_COOKIE, sessions.COOKIE):
        if name == sessions.PORTAL_COOKIE or actor().link is None:
            response.delete_cookie(cookie_name(name), **cookie_flags())
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@public("a reader may read us in any language we offer; the choice is kept in the reader's browser")
@own_unit
def language() -> Response:
    """Choose the language of these pages; somebody with an account keeps it everywhere."""
    chosen, who = request.form.get("language", ""), actor()
    if chosen in words.CLIENT and who.kind == "contact" and who.link is None:
        with unit():
            accounts.set_language(who.person, chosen)
    home, back = url_for("portal.home"), request.form.get("back", "")
    response = redirect(inside(back, home) if back.startswith(("/portal", "/ask")) else home, 303)
    if chosen in words.CLIENT:
        response.set_cookie(SPOKEN, chosen, max_age=YEAR, **cookie_flags())
    return response


def _speak() -> None:
    # A link has no settings of its own, nor has a stranger: what its reader chose lives in the browser.
    who, asked = actor(), request.cookies.get(SPOKEN, "")
    if who.is_staff or (who.kind == "contact" and who.link is None):
        return
    if asked in words.CLIENT:
        words.speak(asked, who.timezone or None)
    elif who.kind == "nobody":
        words.speak(request.accept_languages.best_match(words.CLIENT, words.locale()))


def _frame() -> dict[str, Any]:
    """What the client's layout reads besides the common frame; the staff keep theirs, without its ways out."""
    who = actor()
    if who.is_staff:
        in_preview = (request.endpoint or "").startswith("portal.preview")
        return {"languages": [], "signout_url": ""} if in_preview else {}
    languages = frame.languages(words.CLIENT, url_for("portal.language"))
    if who.kind != "contact":
        return {"languages": languages}
    return {
        "languages": languages, "home_url": url_for("portal.home"), "signout_url": url_for("portal.leave"),
        "contact": who, "ask_url": url_for("portal.ask"),
    }
