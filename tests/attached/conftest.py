"""What tests of attached rooms share: a paper that can be wanted."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.attached import papers


@pytest.fixture
def shown() -> dict[str, Any]:
    """What the test paper shows; a test may change it before it wants the paper."""
    return {
        "title": "Бумага «Ёж» № 1/Б2",
        "number": "Б2",
        "agency_line": "ООО «Агентство Демо»",
        "sum": 266146416,
        "on": date(2026, 11, 23),
        "rows": ["первая", "вторая"],
        "rich": "",
        "pictures": [],
        "broken": None,
    }


@pytest.fixture
def paper(app: Flask, shown: dict[str, Any]) -> Iterator[str]:
    """The kind of the test paper, declared for this test."""
    with papers.test_paper(app, shown) as kind:
        yield kind
