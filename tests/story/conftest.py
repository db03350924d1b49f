"""One browser for all stories; each story has an office of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.story import windows


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with windows.chromium() as running:
        yield running
