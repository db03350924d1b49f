"""What the command line is handed from outside: settings, and how the app and the workers start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agency.kit.settings import Settings

if TYPE_CHECKING:
    # The supervisor starts in a blink because it never imports the web framework.
    from flask import Flask


@dataclass(frozen=True)
class Outfit:
    """The settings, the names a person set by hand, and starters that import nothing before they are called."""

    settings: Settings
    given: frozenset[str]
    create_app: "Callable[[Settings], Flask]"
    start_worker: Callable[[Settings, str], None]
    start_schedule: Callable[[Settings], None]

    def app(self) -> "Flask":
        """A fresh app with these settings."""
        return self.create_app(self.settings)
