"""The way back after a form: only to a page of ours."""

import pytest

from agency.kit.web import inside

AWAY = (
    "", None, "//evil.example", "https://evil.example", "javascript:alert(1)", "evil.example", "/\\evil.example",
    "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example",
    "/\x00/evil.example", "/\x0b/evil.example", "/%2e\t./evil.example", " //evil.example", "/\u2028/evil.example",
)


@pytest.mark.parametrize("address", AWAY)
def test_whatever_leads_away_leads_home(address):
    assert inside(address, "/home") == "/home"


@pytest.mark.parametrize("address", ["/", "/projects/7?journal=all#talk", "/search?q=тёплый", "/a//b"])
def test_a_page_of_ours_is_kept(address):
    assert inside(address, "/home") == address
