"""Every page of the living demo, in a desk's window and a phone's, by day and by night."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from html5lib import HTMLParser
from playwright.sync_api import Browser
from sqlalchemy import select

from agency.entrypoints.cli.demo import command
from agency.kit.db import db, unit
from agency.people.accounts import queries as persons
from agency.people.clients.models import Contact
from tests.cast import Cast
from tests.pages import Visitor
from tests.story import places
from tests.story.office import Office
from tests.story.windows import PICTURES, SIZES, Window
from workers.drain import drain

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
NOBODY = "nobody"
# Each page is opened as the first of these who can see it.
STARTS: dict[str, tuple[str, ...]] = {
    NOBODY: ("/sign-in",), "shtolts@agency.example": ("/", "/documents/1"), "lapina@agency.example": ("/",),
    "yaseneva@agency.example": ("/",), "vetlugina@tyoply-yozh.example": ("/portal", "/portal/requests/1"),
}  # fmt: skip
# By day at the desk, by night on the phone: every page is asked the slow questions in both sizes and both themes.
SCHEMES = {"desk": "light", "phone": "dark"}


@dataclass
class Living:
    """The demo agency, served, with a session of each person who looks."""

    office: Office
    found: dict[str, places.Place]
    secrets: dict[str, str]


def _fill() -> None:
    from flask import current_app

    command.load(current_app.config["SETTINGS"].data)
    with unit():
        # Whoever lets colleagues in has a page for it.
        irina = persons.by_email("vetlugina@tyoply-yozh.example")
        for contact in db.session.scalars(select(Contact).where(Contact.person_id == irina.id)):
            contact.manages = True
    drain()


@pytest.fixture(scope="module")
def living() -> Iterator[Living]:
    """The demo with all its papers drawn, behind the real web server."""
    with Office(_fill) as office:
        visitors = {email: _visitor(office, email) for email in STARTS}
        found = places.pages(office.app, visitors, STARTS)
        secrets = {
            email: cookie.value for email, visitor in visitors.items()
            if (cookie := visitor.client.get_cookie("agency_session")) is not None
        }
        office.start("serve")
        yield Living(office, found, secrets)


def _visitor(office: Office, email: str) -> Visitor:
    if email == NOBODY:
        return Visitor(office.app, Cast(), None)
    with office.app.app_context():
        person = persons.by_email(email)
        assert person is not None, email
        ids = Cast({email: person.id})
    return Visitor(office.app, ids, email)


def test_every_page_of_the_routes_is_reached_by_links(living: Living) -> None:
    missing = places.expected(living.office.app) - set(living.found)
    assert not missing, ", ".join(sorted(missing))


def test_every_page_is_valid_html(living: Living) -> None:
    wrong = []
    for place in living.found.values():
        reader = HTMLParser()
        reader.parse(_visitor(living.office, place.person).client.get(place.address).text)
        wrong += [f"{place.endpoint}: {code} at line {at[0]}" for at, code, _told in reader.errors]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("person", STARTS)
def test_every_page_fits_is_calm_and_can_be_used_by_everybody(
    living: Living, browser: Browser, size: str, person: str,
) -> None:
    url = living.office.settings.url
    window = Window(browser, url, size, SCHEMES[size], looked=set())
    if person in living.secrets:
        window.context.add_cookies([{"name": "agency_session", "value": living.secrets[person], "url": url}])
    troubles = []
    for place in living.found.values():
        if place.person != person:
            continue
        try:
            window.go(place.address)
            _pictures(window, f"{place.endpoint}-{size}")
        except AssertionError as trouble:
            troubles.append(f"{place.endpoint}: {str(trouble).splitlines()[0]}")
            window.troubles.clear()
    window.close()
    assert not troubles, "\n".join(troubles)


def _pictures(window: Window, name: str) -> None:
    if PICTURES:
        for scheme in ("light", "dark"):
            window.page.emulate_media(color_scheme=scheme)
            window.picture(f"{name}-{scheme}")
        window.page.emulate_media(color_scheme=SCHEMES[window.size])
