"""Rules of the agency have days: what held stays, what will hold waits, every change is a fact."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agency.kit import clock, journal
from agency.kit.db import db
from agency.kit.policy import Forbidden
from agency.kit.states import Refused
from agency.people.agency import numbering, queries, settling
from agency.people.agency.defaults import DEFAULTS, NAMES
from tests.cast import Cast


def test_every_setting_has_a_value_before_anybody_set_one_and_a_name(unit: object) -> None:
    assert set(DEFAULTS) <= set(NAMES)
    assert queries.value("smeta.valid_days") == 14
    assert queries.values("smeta.payments", "requests.reply_minutes") == {
        "smeta.payments": [["50", "signing"], ["50", "act"]], "requests.reply_minutes": 120,
    }  # fmt: skip
    assert queries.known_positions()


def test_a_change_holds_from_its_day_and_is_a_fact(unit: object, cast: Cast) -> None:
    owner, later = cast.actor("owner"), clock.today() + timedelta(days=30)
    row = settling.put("smeta.valid_days", 10, by=owner)
    settling.put("smeta.valid_days", 21, by=owner, since=later)
    assert queries.value("smeta.valid_days") == 10
    assert queries.value("smeta.valid_days", later) == 21
    assert [one.value for one in queries.coming("smeta.valid_days")] == [21]
    assert row is not None
    fact = journal.about(row)[0]
    assert (fact.verb, fact.details["was"], fact.details["becomes"]) == ("settings.changed", 14, 10)


def test_setting_the_same_again_is_no_change(unit: object, cast: Cast) -> None:
    assert settling.put("smeta.valid_days", 14, by=cast.actor("owner")) is None
    assert queries.changes() == []


def test_what_held_cannot_be_rewritten(unit: object, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        settling.put("smeta.valid_days", 10, by=cast.actor("owner"), since=clock.today() - timedelta(days=1))
    assert refused.value.field == "since"
    with pytest.raises(KeyError):
        settling.put("no.such", 1, by=cast.actor("owner"))
    with pytest.raises(Forbidden):
        settling.put("smeta.valid_days", 10, by=cast.actor("vera"))


def test_a_new_tax_rate_ends_the_old_one_and_keeps_it(unit: object, cast: Cast) -> None:
    owner = cast.actor("owner")
    settling.add_rate("RU", "standard", Decimal(25), date(2030, 1, 1), by=owner)
    assert queries.tax_rates("RU", date(2029, 12, 31))[0] == 22
    assert queries.tax_rates("RU", date(2030, 1, 1))[0] == 25
    assert len([row for row in queries.tax_table("RU") if row.code == "standard"]) == 2
    for percent, since in ((25, date(2030, 1, 1)), (25, date(2027, 1, 1)), (101, date(2031, 1, 1))):
        with pytest.raises(Refused):
            settling.add_rate("RU", "standard", Decimal(percent), since, by=owner)


def test_numbers_never_go_backwards(unit: object, cast: Cast) -> None:
    owner = cast.actor("owner")
    settling.set_next_number("project:2027", 41, by=owner)
    assert numbering.take("project:2027") == 41
    with pytest.raises(Refused):
        settling.set_next_number("project:2027", 41, by=owner)
    settling.set_next_number("project:2027", 42, by=owner)
    assert numbering.take("project:2027") == 42


def test_a_limit_is_checked_and_its_change_told(unit: object, cast: Cast) -> None:
    row, owner = queries.limits()[0], cast.actor("owner")
    settling.set_limit(row, by=owner, max_gross=100_00, max_discount=Decimal("7.5"), min_margin=Decimal(20))
    assert journal.about(row)[0].details["becomes"]["max_discount"] == "7.5"
    for wrong in ({"max_gross": 0}, {"max_discount": Decimal(101)}, {"min_margin": Decimal(-1)}):
        card = {"max_gross": None, "max_discount": Decimal(5), "min_margin": Decimal(25)} | wrong
        with pytest.raises(Refused):
            settling.set_limit(row, by=owner, **card)
    db.session.rollback()


def test_own_days_and_country_govern_the_calendar(unit: object, cast: Cast) -> None:
    owner = cast.actor("owner")
    assert not queries.calendar().is_working(date(2027, 1, 5))
    settling.put("working_country", "CZ", by=owner)
    assert queries.calendar().is_working(date(2027, 1, 5))
    settling.put("working_days", {"2027-01-05": {"works": False, "why": ""}, "2027-01-09": True}, by=owner)
    assert not queries.calendar().is_working(date(2027, 1, 5))
    assert queries.calendar().is_working(date(2027, 1, 9))


def test_own_stages_take_the_place_of_the_ready_made(unit: object, cast: Cast) -> None:
    assert len(queries.stages("campaign")["stages"]) == 7
    settling.put("stages.campaign", {"name": "Наш", "stages": [["Думаем", 40], ["Делаем", 60]]}, by=cast.actor("owner"))
    assert queries.stages("campaign")["name"] == "Наш"
    settling.put("stages.campaign", None, by=cast.actor("owner"))
    assert len(queries.stages("campaign")["stages"]) == 7
