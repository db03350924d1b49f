"""What frames every page: the agency's name, the way by role, the languages."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import current_app, g, request, url_for

from agency.kit import words
from agency.kit.policy import may
from agency.kit.web import actor
from agency.kit.web.edge import itself
from agency.kit.words import _, lazy
from agency.people.agency import queries as agencies

LANGUAGE_NAMES = {"ru": "Рус", "en": "Eng", "cs": "Čes", "pl": "Pol"}

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


class Link(NamedTuple):
    """A way to a page: in the menu with its key after G, and whether one is there."""

    url: str
    label: str
    icon: str
    key: str = ""
    current: bool = False


class Tongue(NamedTuple):
    """A language to choose, and where the choice is heard."""

    code: str
    label: str
    url: str
    current: bool


def context() -> dict[str, Any]:
    """The names that the layouts read."""
    who = g.get("actor")
    name, offered = _front()
    frame: dict[str, Any] = {
        "agency_name": name, "languages": _languages(offered),
        "back_here": request.full_path.rstrip("?"),
    }
    if who is None or who.kind == "nobody":
        return frame
    frame |= {"person_key": f"{who.id}", "signout_url": url_for("accounts.sign_out"), "me": who}
    if who.kind == "contact":
        frame["start_url"] = _url("portal.home")
    if who.is_staff:
        frame |= {"navigation": _navigation(who), "theme_url": url_for("accounts.theme")}
        frame |= {
            "search_url": _url("search.index"), "palette_url": _url("search.palette"), "letter_keys": who.letter_keys,
            "bell": {"url": _url("notices.index"), "count": who.unread}, "profile_links": _own_links(),
        }
        if who.has("account_manager", "owner"):
            frame["capture_url"] = _url("requests.capture")
    return frame


def _own_links() -> list[Link]:
    own = [("accounts.profile", _("Profile"), "pen"), ("notices.choices", _("How to tell me"), "bell")]
    if may(actor(), "settings.view"):
        own.append(("settings.index", _("Settings"), "tasks"))
    return [Link(_url(endpoint), label, icon) for endpoint, label, icon in own]


def _front() -> tuple[str, list[str]]:
    """The agency's name and the languages of its pages, asked once a request."""
    if "front" not in g:
        g.front = agencies.front()
    name, languages = g.front
    return str(name), list(languages)


def _navigation(who: Any) -> list[Link]:
    role = next((role for role in ORDER if role in who.roles), "specialist")
    here = request.blueprint
    places = (PLACES[place] for place in WAYS[role])
    return [
        Link(address, str(label), icon, key, endpoint.partition(".")[0] == here)
        for endpoint, label, icon, key in places if (address := _url(endpoint))
    ]


def _url(endpoint: str) -> str:
    site = itself(current_app)
    return site.url_for(endpoint) if endpoint in site.view_functions else ""


def languages(codes: Iterable[str], chosen_at: str) -> list[Tongue]:
    """The buttons of a choice of languages, whose press is heard at an address."""
    now = words.locale()
    return [Tongue(code, LANGUAGE_NAMES[code], chosen_at, code == now) for code in codes]


def _languages(settled: list[str]) -> list[Tongue]:
    offered = [code for code in words.OFFERED if code in settled or code == words.locale()]
    return languages(offered, url_for("accounts.language"))
