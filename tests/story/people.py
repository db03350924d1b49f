"""What one does in a window: come in, press, write; and the parts of the product's pages that stories name."""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.cast import PASSWORD
from tests.story.office import Office, until, words
from tests.story.windows import Window

LINK = re.compile(r"https?://[^\s<>]+/p/[\w-]+")


def come_in(window: Window, email: str) -> None:
    """Sign in by the form."""
    page = window.go("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    press(page.locator("form:has(#password) button.main"))
    expect(page).not_to_have_url(re.compile("sign-in"))


def window_of(browser: Browser, office: Office, name: str, size: str, scheme: str) -> Iterator[Window]:
    """A window in which somebody of the staff has come in; in the end all must be calm."""
    opened = Window(browser, office.settings.url, size, scheme)
    come_in(opened, f"{name}@agency.example")
    yield opened
    opened.is_calm()
    opened.close()


def press(button: Locator) -> None:
    """Press what leads to another page, and wait for it."""
    with button.page.expect_navigation(wait_until="load"):
        button.click()


def posts(page: Page, tail: str) -> Locator:
    """The button of the form that posts to an address with this ending."""
    return page.locator(f'form[action$="{tail}"] button').first


def by_mail(office: Office, window: Window, to: str, containing: str) -> Page:
    """Open the link of a mail in the sink, as its reader does."""
    letter = office.mail(to, containing)
    found = LINK.search(words(letter))
    assert found is not None, words(letter)
    return window.go(found[0])


def write(page: Page, key: str, value: Any) -> None:
    """Write one answer of a brief, by the kind of its inputs."""
    part = page.locator(f"#form-{key}")
    boxes = part.locator("input[type=checkbox]")
    match value:
        case str():
            put(part.locator(f"#{key}-value"), value)
        case dict():
            for name, said in value.items():
                put(part.locator(f"#{key}-{name}"), str(said))
        case [dict(), *_]:
            for n, row in enumerate(value):
                for column, said in row.items():
                    part.locator(f"#{key}-r{n}-{column}").fill(str(said))
        case list() if boxes.count():
            for code in value:
                part.locator(f"#{key}-{code}").check()
        case list():
            part.locator(f"#{key}-value").fill("\n".join(value))


def put(field: Locator, value: str) -> None:
    """Type a value, or choose it."""
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def fill(office: Office, page: Page, brief_id: int, answers: dict[str, Any]) -> None:
    """Write answers into a draft and wait until every one of them is kept."""
    for unfold in page.locator("details.more").all():
        unfold.evaluate("one => { one.open = true; }")
    for key, value in answers.items():
        write(page, key, value)
    page.locator("h1").click()
    for key in answers:
        asked = f"SELECT edition FROM brief_parts WHERE brief_id = {brief_id} AND key = '{key}'"
        until(f"the answer {key} is kept", lambda asked=asked: office.one(asked) > 1)
    expect(page.locator("[data-save-state]").first).to_have_attribute("data-save-state", "saved")
