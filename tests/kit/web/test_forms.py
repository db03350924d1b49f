"""Forms: what is too long, too far or of no choice gets a sentence beside it, in the reader's language."""

import pytest
from wtforms import DateField, SelectMultipleField, StringField
from wtforms.validators import Length

from agency.kit import words
from agency.kit.web import Form, choices


class Some(Form):
    """A form of three fields."""

    name = StringField("Name", [Length(max=3)])
    day = DateField("Day")
    team = SelectMultipleField("Team", coerce=int, choices=choices([(1, "one")]))


def errors(app, language, **sent):
    with app.test_request_context(method="POST", data=sent), words.using(language):
        form = Some()
        assert not form.sent()
        return form.errors


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_too_long_is_said_with_its_limit(app, language):
    said = errors(app, language, name="long", day="2026-03-01", team="1")
    assert list(said) == ["name"]
    assert "3" in said["name"][0]
    assert "%" not in said["name"][0]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_choice_that_is_none_is_said(app, language):
    assert "7" in errors(app, language, name="a", day="2026-03-01", team="7")["team"][0]


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31", "275760-09-13", "-1", "x"])
def test_a_day_far_from_our_times_is_a_slip_of_the_finger(app, day):
    assert list(errors(app, "ru", name="a", day=day, team="1")) == ["day"]


def test_a_nul_that_was_sent_is_not_heard(app):
    with app.test_request_context("/?q=%00b%00", method="POST", data={"name": "a\0b", "day": "2026-03-01"}) as context:
        assert Some().name.data == "ab"
        assert context.request.args["q"] == "b"
