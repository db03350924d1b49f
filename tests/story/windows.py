"""Browser windows that look at every page they show: console, policy, width, accessibility."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
# By day at the desk, by night on the phone: each size and each theme is met once, as with every page.
LOOKS = [("desk", "light"), ("phone", "dark")]
WATCH = """document.addEventListener('securitypolicyviolation',
    event => window.agencyViolation(event.violatedDirective + ' ' + event.blockedURI))"""
# The width that scrolls sideways, whichever element makes it so.
WIDTH = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
BAD = ("serious", "critical")
# What axe never calls serious, and takes its time to find.
MILD = ("region", "heading-order", "landmark-one-main", "landmark-unique", "aria-allowed-role")
# A busy machine is slow, not wrong.
LONG = 45_000
expect.set_options(timeout=LONG)
PICTURES = os.environ.get("AGENCY_STORY_PICTURES", "")


def program() -> str:
    """Debian's Chromium: the build without a window where there is one, which takes three quarters of the time."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert found is not None, "no Chromium on this machine; ./run test says how to get one"
    return found


Looked = tuple[str, ...]
# Of which kinds of pages, in which size and theme, this process has asked the slow questions.
LOOKED: set[Looked] = set()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium with an empty profile, silent towards the network."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Window:
    """One person's browser of one size."""

    def __init__(
        self, browser: Browser, url: str, size: str = "desk", scheme: str = "light", looked: set[Looked] = LOOKED,
    ) -> None:
        options: dict[str, Any] = {"is_mobile": True, "has_touch": True} if size == "phone" else {}
        self.context: BrowserContext = browser.new_context(
            base_url=url, viewport=SIZES[size], locale="ru-RU", timezone_id="Europe/Moscow", color_scheme=scheme,
            reduced_motion="reduce", **options,
        )
        self.size, self.scheme, self.url = size, scheme, url
        self.troubles: list[str] = []
        self.context.set_default_timeout(LONG)
        self.context.expose_function("agencyViolation", lambda said: self.troubles.append(f"policy: {said}"))
        self.context.add_init_script(WATCH)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        self.page: Page = self.context.new_page()
        self.refused: set[int] = set()
        self.looked = looked

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        # The browser itself remarks on answers the story expects, such as a 422 beside a field.
        if any(f"status of {status}" in message.text for status in self.refused):
            return
        self.troubles.append(f"console: {message.text} ({message.location.get('url')})")

    def expects(self, *statuses: int) -> None:
        """Answers that are no trouble from now on."""
        self.refused.update(statuses)

    def go(self, address: str) -> Page:
        """Open an address and look at the page."""
        answer = self.page.goto(address)
        assert answer is not None and answer.status < 400, f"{address}: {answer.status if answer else 'nothing'}"
        self.look()
        return self.page

    def look(self, rules: list[str] | None = None, *, again: bool = False) -> None:
        """Fail on whatever is wrong with the page as it is now; the slow questions are asked once a kind of page.

        `again` asks them of a page whose kind is known but which stands differently now.
        """
        self.page.wait_for_load_state("load")
        kind = self.size, self.scheme, re.sub(r"\d+", "n", urlsplit(self.page.url).path), *(rules or ())
        if again or kind not in self.looked:
            self.looked.add(kind)
            self._can_be_used(rules)
        self.fits()
        self.is_calm()

    def _can_be_used(self, rules: list[str] | None) -> None:
        # Asked for what is wrong alone: to tell of all that is right takes as long again.
        which = {"runOnly": rules} if rules else {"rules": {name: {"enabled": False} for name in MILD}}
        options = {"resultTypes": ["violations"], **which}
        found = Axe().run(self.page, options=options).response["violations"]
        bad = [f"{one['id']}: {[node['target'] for node in one['nodes']][:4]}" for one in found if one["impact"] in BAD]
        assert not bad, f"{self.page.url} ({self.size}): {bad}"

    def fits(self) -> None:
        """Nothing scrolls sideways."""
        whole, shown = self.page.evaluate(WIDTH)
        assert whole <= shown, f"{self.page.url} ({self.size}) is {whole} wide in a window of {shown}"

    def is_calm(self) -> None:
        """No error of a script, no broken policy."""
        assert self.troubles == [], f"{self.page.url}: {self.troubles}"

    def picture(self, name: str) -> None:
        """Keep a picture of the page, when somebody wants to look at it."""
        if PICTURES:
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}.png", full_page=True)

    def close(self) -> None:
        """Close the window for good."""
        self.context.close()
