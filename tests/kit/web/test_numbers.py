"""Numbers from outside: only such as a column can hold, whatever was typed into an address or a field."""

import pytest

from agency.kit.web import whole
from tests.pages import Visitor

HUGE = ("9" * 19, "9223372036854775808", "9" * 30, "9" * 5000)
STRANGE = ("", " 1", "-1", "1.0", "²", "٣", "1_000", "0x1", "NaN")


@pytest.mark.parametrize("typed", ["0", "7", "999999999", 12])
def test_a_whole_number_is_heard(typed):
    assert whole(typed) == int(typed)


@pytest.mark.parametrize("typed", [*HUGE, *STRANGE, None])
def test_anything_else_is_no_number_of_ours(typed):
    with pytest.raises(ValueError, match="number"):
        whole(typed)


@pytest.mark.parametrize("number", [*HUGE[:3], "9" * 4400, "²"])
def test_an_address_with_such_a_number_is_the_address_of_nothing(as_, number):
    visitor: Visitor = as_("vera")
    for address in ("/projects/{}", "/clients/{}", "/smetas/{}/edit", "/ask/{}-x", "/documents/{}/file"):
        assert visitor.client.get(address.format(number)).status_code == 404, address


@pytest.mark.parametrize("number", [*HUGE, *STRANGE])
def test_such_a_number_in_a_query_is_not_heard(as_, number):
    visitor: Visitor = as_("vera")
    asked = ("/mails?before=", "/projects/?client=", "/requests/?after=", "/smetas/?project_id=", "/notices?before=")
    for address in asked:
        answer = visitor.client.get(address + number, follow_redirects=True)
        assert answer.status_code == 200, address
