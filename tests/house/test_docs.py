"""The pages the program writes about itself say what the program does."""

import pytest
from flask import Flask

from agency.kit import words
from workers import handbook


@pytest.mark.parametrize("name", sorted(handbook.PAGES))
def test_a_page_about_the_program_is_as_the_program_writes_it(app: Flask, name: str) -> None:
    with words.using("en"):
        now = handbook.PAGES[name]()
    assert (handbook.DOCS / name).read_text() == now, "write it again: python -m workers.handbook"
