"""The pages the program writes about itself say what the program does."""

import pytest
from flask import Flask

from agency.kit import words
from tests.house import promises
from workers import handbook


@pytest.mark.parametrize("name", sorted(handbook.PAGES))
def test_a_page_about_the_program_is_as_the_program_writes_it(app: Flask, name: str) -> None:
    with words.using("en"):
        now = handbook.PAGES[name]()
    assert (handbook.DOCS / name).read_text() == now, "write it again: python -m workers.handbook"


def test_the_promises_are_those_that_tests_prove() -> None:
    assert promises.PAGE.read_text() == promises.page(), "write it again: python -m tests.house.promises"


def test_every_promise_has_a_number_a_sentence_and_a_test() -> None:
    for number, files in promises.found().items():
        for file, says, sentences in files:
            assert says.startswith(number), file
            assert sentences, file
