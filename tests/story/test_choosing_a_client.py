"""A client chosen by typing among more than a list holds: by keys or a press, in either alphabet, without a script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from agency.kit.db import unit
from tests import cast as players
from tests.cast import Cast
from tests.people.clients import crowd
from tests.story import people
from tests.story.office import Office
from tests.story.windows import LOOKS, SIZES, Window

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MILL = "Ярославская мельница, YM"


def _fill() -> Cast:
    with unit():
        cast = players.assemble()
        for n in range(59):
            crowd.add(cast, f"Пекарня {n:02}", f"PK{n:02}")
        crowd.add(cast, crowd.LAST, "YM")
        return cast


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """Sixty-two clients behind the real web server."""
    with Office(_fill) as office:
        office.start("serve")
        yield office


@pytest.fixture(params=LOOKS, ids="-".join)
def window(request: pytest.FixtureRequest, browser: Browser, office: Office) -> Iterator[Window]:
    """The owner's window of either size, by day and by night."""
    size, scheme = request.param
    yield from people.window_of(browser, office, "owner", size, scheme)


def lines(page: Page) -> Locator:
    return page.locator('.choose [role="option"]')


def is_in_sight(window: Window) -> None:
    """The field and the whole list are on the screen: under the tools, above the sections at the bottom of a phone."""
    shown = window.page.locator(".choose:not([hidden])").bounding_box()
    field = window.page.locator("[data-choose]").bounding_box()
    nav = window.page.locator("header.mast nav").bounding_box()
    tools = window.page.locator("header.mast .tools").bounding_box()
    assert shown and field and nav and tools
    edge = nav["y"] if window.size == "phone" else SIZES[window.size]["height"]
    assert field["y"] >= tools["y"] + tools["height"]
    assert shown["y"] + shown["height"] <= edge


def test_a_part_of_the_name_and_enter_choose_the_client(window: Window) -> None:
    page = window.go("/requests/new")
    page.fill("#words", "Нужен сайт")
    field = page.locator("#client_id")
    expect(field).to_have_role("combobox")
    field.fill("пекарня")
    expect(lines(page)).to_have_count(12)
    is_in_sight(window)
    window.look(again=True)
    window.picture(f"choose-{window.size}-{window.scheme}")
    first = field.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    second = field.get_attribute("aria-activedescendant")
    assert first != second
    assert page.locator('.choose [aria-selected="true"]').get_attribute("id") == second
    page.keyboard.press("Escape")
    expect(page.locator(".choose")).to_be_hidden()
    expect(field).to_have_value("пекарня")
    # Typed on the other keyboard, and faster than the list comes.
    field.fill("zhjckfd")
    page.keyboard.press("Enter")
    expect(field).to_have_value(MILL)
    expect(page.locator(".choose")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/requests/\d+$"))
    expect(page.locator("main")).to_contain_text(crowd.LAST)
    window.look()
    page.locator("details:has(#correct-client_id) > summary").click()
    field = page.locator("#correct-client_id")
    expect(field).to_have_value(MILL)
    field.fill("пек")
    expect(lines(page)).to_have_count(12)
    is_in_sight(window)
    window.look(again=True)
    window.picture(f"choose-correct-{window.size}-{window.scheme}")


def test_a_press_chooses_and_what_is_unclear_is_said_beside_the_field(window: Window) -> None:
    window.expects(422)
    page = window.go("/requests/new")
    page.fill("#words", "Нужен сайт")
    field = page.locator("#client_id")
    field.fill("Ярослав")
    expect(lines(page)).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(".choose")).to_be_hidden()
    people.press(page.locator("main form button.main"))
    expect(page.locator("#client_id-error")).to_contain_text("YM")
    expect(field).to_have_value("Ярослав")
    window.look(again=True)
    window.picture(f"choose-unclear-{window.size}-{window.scheme}")
    field.fill("ярос")
    expect(lines(page)).to_have_count(1)
    lines(page).first.click()
    expect(field).to_have_value(MILL)
    people.press(page.locator("main form button.main"))
    people.press(page.locator('a[href*="/from-request/"]').first)
    expect(page.locator("#client_id")).to_have_value(MILL)
    page.fill("#client_id", "нет такого")
    expect(page.locator(".choose .said")).to_be_visible()
    window.look(again=True)
    window.picture(f"choose-open-{window.size}-{window.scheme}")


def test_without_a_script_the_exact_code_is_enough(browser: Browser, office: Office, window: Window) -> None:
    context = browser.new_context(
        base_url=office.settings.url, java_script_enabled=False, storage_state=window.context.storage_state(),
    )
    page = context.new_page()
    page.goto("/requests/new")
    page.fill("#words", "Нужен сайт")
    page.fill("#client_id", "ym")
    page.click("main form button.main")
    expect(page.locator("main")).to_contain_text(crowd.LAST)
    context.close()
