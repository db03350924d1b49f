"""News by mail: at once, once a day, or not at all; never in the quiet hours; never to a client."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from agency.attached.notices import operations, queries
from agency.attached.notices.models import Notice
from agency.attached.notices.queries import Choice
from agency.flow.tasks import operations as tasks
from agency.kit import clock
from agency.kit.db import db, unit
from agency.kit.mail.models import Mail, MailContent
from agency.kit.queue import Job
from agency.kit.states import Refused
from tests.cast import Cast
from tests.flow.tasks import factory as work
from tests.pages import Visitor
from workers.drain import drain
from workers.notices import ask_digests

# Monday, 23 November 2026: noon and a quarter to eleven at night in Moscow.
NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 19, 45, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def open_app(app: Flask) -> Iterator[None]:
    """A context in which facts are written and their consequences done."""
    with app.app_context():
        yield


def choose(cast: Cast, way: str, **hours: int) -> None:
    hours = {"digest_hour": 9, "quiet_from": 22, "quiet_until": 8} | hours
    with unit():
        operations.choose(cast.person("head_creative"), way=way, by=cast.actor("head_creative"), **hours)


def hand_in(cast: Cast, title: str = "Тексты") -> None:
    with unit():
        tasks.hand_in(work.task(cast, "in_progress", title=title), cast.actor("copywriter"), note="В папке")
    drain()


def letters() -> list[tuple[str, str, str]]:
    """To whom, the subject and the text of every letter."""
    rows = db.session.query(Mail, MailContent).join(MailContent, MailContent.mail_id == Mail.id).order_by(Mail.id).all()
    found = []
    for row, content in rows:
        body = message_from_bytes(content.content, policy=default).get_body(("plain",))
        assert body is not None
        found.append((row.to_address, row.subject, body.get_content()))
    db.session.rollback()
    return found


def test_news_at_once_gather_for_a_minute_and_come_as_one_letter(open_app: None, cast: Cast) -> None:
    choose(cast, "at_once")
    with clock.at(NOON):
        hand_in(cast, "Первое")
        hand_in(cast, "Второе")
        assert letters() == []
        clock.pass_by(seconds=61)
        drain()
    [(to, subject, text)] = letters()
    assert to == "head_creative@agency.example"
    assert subject == "2 новости"
    assert "«Первое»" in text
    assert "http://localhost/tasks/" in text
    assert "http://localhost/notices/choices" in text


def test_one_piece_of_news_is_the_subject_itself(open_app: None, cast: Cast) -> None:
    choose(cast, "at_once")
    with clock.at(NOON):
        hand_in(cast, "Тексты упаковки")
        clock.pass_by(minutes=2)
        drain()
    assert "Тексты упаковки" in letters()[0][1]


def test_what_was_read_meanwhile_is_not_mailed(open_app: None, cast: Cast) -> None:
    choose(cast, "at_once")
    with clock.at(NOON):
        hand_in(cast)
        with unit():
            operations.read_all(cast.persons["head_creative"], 10**9)
        clock.pass_by(minutes=2)
        drain()
    assert letters() == []


def test_quiet_hours_hold_a_letter_back_until_they_are_over(open_app: None, cast: Cast) -> None:
    choose(cast, "at_once")
    with clock.at(NIGHT):
        hand_in(cast)
        clock.pass_by(hours=8)
        drain()
        assert letters() == []
        clock.pass_by(hours=1, minutes=30)
        drain()
    assert len(letters()) == 1
    [job] = db.session.query(Job).filter_by(name="notices.mail")
    assert job.run_at == datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.mark.parametrize(("choice", "at", "loud"), [
    (Choice(), NOON, NOON),
    (Choice(quiet_from=9, quiet_until=18), NOON, NOON + timedelta(hours=6)),
    (Choice(quiet_from=0, quiet_until=0), NIGHT, NIGHT),
    (Choice(), datetime(2026, 11, 24, 2, tzinfo=UTC), datetime(2026, 11, 24, 5, tzinfo=UTC)),
])  # fmt: skip
def test_when_it_is_loud_again(choice: Choice, at: datetime, loud: datetime) -> None:
    assert choice.loud_at(at, MOSCOW) == loud


def test_quiet_hours_end_by_the_wall_clock_on_the_night_the_clock_changes() -> None:
    night = datetime(2026, 10, 24, 21, tzinfo=UTC)
    assert Choice().loud_at(night, ZoneInfo("Europe/Prague")) == datetime(2026, 10, 25, 7, tzinfo=UTC)


def test_a_digest_comes_once_a_day_by_the_readers_own_clock(open_app: None, cast: Cast) -> None:
    with unit():
        cast.person("head_creative").timezone = "Asia/Vladivostok"
    with clock.at(datetime(2026, 11, 22, 22, 30, tzinfo=UTC)):  # 8:30 there
        hand_in(cast, "Первое")
        _digests()
        assert letters() == []
        clock.pass_by(minutes=40)
        for _ in range(3):
            _digests()
        assert [subject for _to, subject, _text in letters()] != []
        assert len(letters()) == 1
        hand_in(cast, "Второе")
        clock.pass_by(hours=5)
        _digests()
        assert len(letters()) == 1
        clock.pass_by(hours=20)
        _digests()
    assert len(letters()) == 2
    assert "Второе" in letters()[1][2]
    assert "Первое" not in letters()[1][2]


def _digests() -> None:
    with unit():
        ask_digests()
    drain()


def test_off_means_the_bell_alone(open_app: None, cast: Cast) -> None:
    choose(cast, "off")
    with clock.at(NOON):
        hand_in(cast)
        clock.pass_by(days=1)
        _digests()
    assert letters() == []
    assert db.session.query(Notice).count() == 1


def test_a_letter_speaks_its_readers_language(open_app: None, cast: Cast) -> None:
    with unit():
        cast.person("head_creative").language = "en"
    with clock.at(NOON):
        hand_in(cast)
        _digests()
    assert "handed in" in letters()[0][2]


def test_no_other_way_and_no_other_hour(open_app: None, cast: Cast) -> None:
    for wrong in ({"way": "shout"}, {"quiet_from": 24}, {"digest_hour": -1}):
        chosen = {"way": "off", "digest_hour": 9, "quiet_from": 22, "quiet_until": 8} | wrong
        with pytest.raises(Refused), unit():
            operations.choose(cast.person("vera"), by=cast.actor("vera"), **chosen)  # type: ignore[arg-type]
    assert queries.choice_of(cast.persons["vera"]) == Choice()


def test_a_colleagues_news_are_not_in_anothers_outbox(app: Flask, cast: Cast) -> None:
    with app.app_context(), clock.at(NOON):
        hand_in(cast)
        _digests()
        mail_id = db.session.query(Mail).one().id
    Visitor(app, cast, "vera").get(f"/mails/{mail_id}", status=404)
    Visitor(app, cast, "owner").get(f"/mails/{mail_id}")
