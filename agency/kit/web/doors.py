"""Rights as pages ask them: a link is drawn only where it leads somewhere for whoever reads."""

from typing import Any

from flask import Flask

from agency.kit import policy
from agency.kit.web.edge import actor


def setup(app: Flask) -> None:
    """Give every template `may(key, record)` and `sees(record)`, both about whoever reads the page."""
    app.jinja_env.globals.update(may=_may, sees=_sees)


def _may(key: str, record: Any = None) -> bool:
    return policy.may(actor(), key, record)


def _sees(record: Any) -> bool:
    return record is not None and policy.sees(actor(), record)
