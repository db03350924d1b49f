"""Time as people type it."""

import pytest

from agency.attached.hours.durations import UnclearTime, parse_minutes


@pytest.mark.parametrize(("typed", "minutes"), [
    ("2:20", 140), ("0:45", 45), ("140", 140), ("2 ч 20", 140), ("2ч20м", 140), ("2 ч. 20 мин.", 140),
    ("2 h 20 min", 140), ("1,5 ч", 90), ("1.5h", 90), ("1,5", 90), ("45 мин", 45), ("45m", 45), ("8 hod", 480),
    ("3 godz", 180), ("24:00", 1440), ("2\u00a0ч 20\u00a0мин", 140),
])  # fmt: skip
def test_people_write_time_in_many_ways(typed: str, minutes: int) -> None:
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", [
    "", "0", "-5", "abc", "2:75", "20 мин 2 ч", "2 ч 20 м 3", "25:00", "1 2 3", "0 ч", "9" * 5000, "9" * 7,
])
def test_what_is_no_time_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(UnclearTime) as unclear:
        parse_minutes(typed)
    assert str(unclear.value)


@pytest.mark.parametrize("typed", ["1", "2", "12"])
def test_a_small_bare_number_is_asked_about_and_never_guessed(typed: str) -> None:
    with pytest.raises(UnclearTime, match=typed):
        parse_minutes(typed)


def test_an_estimate_may_be_longer_than_a_day() -> None:
    assert parse_minutes("40 ч", longest=None) == 2400
