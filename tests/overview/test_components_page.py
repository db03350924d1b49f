"""The page of parts shows every macro, and failures have pages of their own."""

import pytest


@pytest.mark.parametrize("name", ["vera", "designer", "owner"])
def test_everybody_of_the_agency_sees_every_part(as_, name: str) -> None:
    page = as_(name).get("/components").get_data(as_text=True)
    assert 'class="spine"' in page
    assert 'class="job"' in page
    assert "data-grid" in page


def test_a_wrong_address_says_so_and_shows_the_way_back(as_) -> None:
    page = as_(None).get("/no/such/page", 404).get_data(as_text=True)
    assert 'href="/"' in page


def test_a_page_asks_nothing_of_another_host_and_runs_no_inline_script(as_) -> None:
    answer = as_("vera").get("/components")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
