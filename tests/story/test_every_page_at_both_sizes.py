"""Every page of the living demo, in a desk's window and a phone's, by day and by night."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from agency.entrypoints.cli.demo import command
from agency.people.accounts import queries as persons
from tests.cast import Cast
from tests.pages import Visitor
from tests.story import places
from tests.story.office import Office
from tests.story.windows import SIZES, Window
from workers.drain import drain

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
STARTS = {
    "shtolts@agency.example": "/", "lapina@agency.example": "/", "yaseneva@agency.example": "/",
    "vetlugina@tyoply-yozh.example": "/portal",
}  # fmt: skip


@dataclass
class Living:
    """The demo agency, served, with a session of each person who looks."""

    office: Office
    found: dict[str, places.Place]
    secrets: dict[str, str]


def _fill() -> None:
    from flask import current_app

    command.load(current_app.config["SETTINGS"].data)
    drain()


@pytest.fixture(scope="module")
def living() -> Iterator[Living]:
    """The demo with all its papers drawn, behind the real web server."""
    with Office(_fill) as office:
        visitors = {}
        for email in STARTS:
            with office.app.app_context():
                person = persons.by_email(email)
                assert person is not None
                ids = Cast({email: person.id})
            visitors[email] = Visitor(office.app, ids, email)
        found = places.pages(office.app, visitors, STARTS)
        secrets = {}
        for email, visitor in visitors.items():
            cookie = visitor.client.get_cookie("agency_session")
            assert cookie is not None
            secrets[email] = cookie.value
        office.start("serve")
        yield Living(office, found, secrets)


def test_every_page_of_the_routes_is_reached_by_links(living: Living) -> None:
    assert places.expected(living.office.app) - set(living.found) == set()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("person", STARTS)
def test_every_page_fits_is_calm_and_can_be_used_by_everybody(
    living: Living, browser: Browser, size: str, person: str,
) -> None:
    url = living.office.settings.url
    window = Window(browser, url, size)
    window.context.add_cookies([{"name": "agency_session", "value": living.secrets[person], "url": url}])
    troubles = []
    for place in living.found.values():
        if place.person != person:
            continue
        name = f"{place.endpoint}-{size}"
        try:
            window.go(place.address)
            window.picture(name)
            window.page.emulate_media(color_scheme="dark")
            window.look(["color-contrast"])
            window.picture(f"{name}-dark")
        except AssertionError as trouble:
            troubles.append(f"{place.endpoint}: {str(trouble).splitlines()[0]}")
            window.troubles.clear()
        window.page.emulate_media(color_scheme="light")
    window.close()
    assert not troubles, "\n".join(troubles)
