"""What frames every page: the agency's name, the way by role, the languages."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import current_app, g, request, url_for

from agency.kit import words
from agency.kit.policy import may
from agency.kit.web import actor
from agency.kit.words import _, lazy
from agency.people.agency import queries as agencies

LANGUAGE_NAMES = {"ru": "Рус", "en": "Eng", "cs": "Čes", "pl": "Pol"}


def _of_assets() -> str:
    """A name for the present styles and scripts: it changes with any of their bytes."""
    digest = sha256()
    for path in sorted(STATIC.rglob("*.*")):
        if path.suffix in (".css", ".js", ".svg"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


STATIC = Path(__file__).parents[3] / "static"
ASSETS = _of_assets()

# endpoint, label, icon, letter after G
PLACES = {
    "home": ("home.show", lazy("My day"), "clock", "D"),
    "requests": ("requests.index", lazy("Requests"), "mail", "R"),
    "projects": ("projects.index", lazy("Projects"), "flow", "P"),
    "work": ("tasks.mine", lazy("My tasks"), "tasks", "T"),
    "board": ("board.show", lazy("Board"), "board", "B"),
    "calendar": ("calendar.show", lazy("Calendar"), "cal", "A"),
    "clients": ("clients.index", lazy("Clients"), "meet", "C"),
    "money": ("payments.index", lazy("Money"), "money", "M"),
    "mails": ("mails.index", lazy("Outbox"), "mail", "O"),
    "people": ("accounts.people", lazy("Colleagues"), "meet", ""),
}
WAYS = {
    "account_manager": ("home", "requests", "projects", "board", "clients", "calendar", "money", "mails"),
    "head": ("home", "board", "projects", "calendar", "work"),
    "specialist": ("work", "board", "calendar", "projects"),
    "finance": ("home", "money", "projects", "clients", "calendar"),
    "owner": ("home", "requests", "projects", "board", "clients", "calendar", "money", "mails", "people"),
    "admin": ("home", "projects", "calendar", "clients", "mails", "people"),
}
ORDER = ("owner", "account_manager", "head", "admin", "finance", "specialist")


def context() -> dict[str, Any]:
    """The names that the layouts read."""
    who = g.get("actor")
    frame: dict[str, Any] = {
        "agency_name": _agency_name(), "asset_version": ASSETS, "languages": _languages(),
        "back_here": request.full_path.rstrip("?"),
    }
    if who is None or who.kind == "nobody":
        return frame
    frame |= {"person_key": f"{who.id}", "signout_url": url_for("accounts.sign_out"), "me": who}
    if who.kind == "contact":
        frame["start_url"] = _url("portal.home")
    if who.is_staff:
        frame |= {"navigation": _navigation(), "theme_url": url_for("accounts.theme")}
        frame |= {
            "search_url": _url("search.index"), "palette_url": _url("search.palette"), "letter_keys": who.letter_keys,
            "bell": {"url": _url("notices.index"), "count": who.unread}, "profile_links": _own_links(),
        }
        if who.has("account_manager", "owner"):
            frame["capture_url"] = _url("requests.capture")
    return frame


def _own_links() -> list[dict[str, Any]]:
    own = [("accounts.profile", _("Profile"), "pen"), ("notices.choices", _("How to tell me"), "bell")]
    if may(actor(), "settings.view"):
        own.append(("settings.index", _("Settings"), "tasks"))
    return [{"url": _url(endpoint), "label": label, "icon": icon} for endpoint, label, icon in own]


def _agency_name() -> str:
    return _front()[0]


def _front() -> tuple[str, list[str]]:
    """The agency's name and the languages of its pages, asked once a request."""
    if "front" not in g:
        g.front = agencies.front()
    name, languages = g.front
    return str(name), list(languages)


def _navigation() -> list[dict[str, Any]]:
    role = next((role for role in ORDER if actor().has(role)), "specialist")
    here = request.blueprint
    way = []
    for place in WAYS[role]:
        endpoint, label, icon, key = PLACES[place]
        if address := _url(endpoint):
            room = endpoint.split(".")[0]
            way.append({"label": label, "url": address, "icon": icon, "key": key, "current": room == here})
    return way


def _url(endpoint: str) -> str:
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def languages(codes: Iterable[str], chosen_at: str) -> list[dict[str, Any]]:
    """The buttons of a choice of languages, whose press is heard at an address."""
    now = words.locale()
    return [
        {"code": code, "label": LANGUAGE_NAMES[code], "url": chosen_at, "current": code == now} for code in codes
    ]


def _languages() -> list[dict[str, Any]]:
    offered = [code for code in words.OFFERED if code in _front()[1] or code == words.locale()]
    return languages(offered, url_for("accounts.language"))
