"""A request comes in, is looked at, and is decided on."""

from datetime import UTC, date, datetime

import pytest

from agency.flow.projects import operations as projects
from agency.flow.requests import operations, queries
from agency.flow.requests.models import MOVES, Request
from agency.kit import clock, journal
from agency.kit.policy import Forbidden
from agency.kit.states import Refused, WrongState
from agency.people.accounts.identity import NOBODY
from tests.cast import Cast

MONDAY = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)  # 10:42 in Moscow
LETTER = (
    "Здравствуйте! Мы сеть пекарен „Тёплый Ёж“. С 15 февраля запускаем подписку „Утро“: набор выпечки домой к 7:30. "
    "Нужна кампания на февраль — март: идея, баннеры, ролик 15 секунд, посадочная страница, реклама в Директе и VK, "
    "SEO-тексты, воблеры в пекарни. Бюджет до 2,7 млн ₽ с НДС вместе с размещением. Цель — 3 000 подписчиков "
    "к 31 марта. Когда сможете показать идею и смету? Ирина Ветлугина"
)


@pytest.fixture
def monday(unit: object):
    with clock.at(MONDAY):
        yield


def received(cast: Cast, **typed: str) -> Request:
    return operations.receive(LETTER, by=NOBODY, **{"email": "someone@newcomer.example", **typed})


def test_a_request_gets_a_number_of_its_year_and_two_working_hours(monday, cast):
    first, second = received(cast), received(cast)
    assert (first.serial, second.serial) == ("2026-1", "2026-2")
    assert first.number == "З-2026-1"
    assert first.reply_due_at == datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
    assert first.state == "new"


def test_the_clock_stops_for_the_night_and_the_weekend(unit, cast):
    with clock.at(datetime(2026, 11, 27, 14, 0, tzinfo=UTC)):  # Friday 17:00
        assert received(cast).reply_due_at == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)  # Monday 10:00


def test_a_known_address_makes_nobodys_request_and_a_person_confirms_whose_it_is(monday, cast):
    request = received(cast, email=" Irina@tyoply-yozh.example ")
    assert (request.client_id, request.contact_person_id) == (None, None)
    assert operations.queries.perhaps(request).person_id == cast.persons["irina"]
    assert operations.queries.perhaps(received(cast)) is None
    with pytest.raises(WrongState):
        operations.confirm_sender(received(cast), by=cast.actor("vera"))
    with pytest.raises(Forbidden):
        operations.confirm_sender(request, by=cast.actor("oleg"))
    operations.confirm_sender(request, by=cast.actor("vera"))
    assert (request.client_id, request.contact_person_id) == (cast.hedgehog, cast.persons["irina"])
    assert operations.queries.perhaps(request) is None


def test_without_words_or_a_way_back_nothing_comes_in(monday, cast):
    with pytest.raises(Refused):
        operations.receive("   ", by=NOBODY, email="a@b.example")
    with pytest.raises(Refused) as refused:
        operations.receive(LETTER, by=NOBODY)
    assert refused.value.field == "email"


def test_a_pasted_letter_is_enough_for_a_capture(monday, cast):
    request = operations.capture(LETTER, by=cast.actor("vera"))
    assert request.subject == "С 15 февраля запускаем подписку „Утро“: набор выпечки домой к 7:30"
    assert request.client_id == cast.hedgehog
    assert request.contact_name == "Ирина Ветлугина"
    assert request.budget_words == "до 2,7 млн ₽ с НДС вместе с размещением"


def test_a_capture_never_finds_another_managers_client(monday, cast):
    assert operations.capture("Нужен сайт для Сытый Барсук", by=cast.actor("vera")).client_id is None


def test_two_people_take_a_request_and_one_of_them_is_told_who_won(monday, cast):
    request = received(cast)
    operations.take(request, by=cast.actor("vera"))
    with pytest.raises(WrongState, match="Лапина"):
        operations.take(request, by=cast.actor("oleg"))
    assert request.taken_by_id == cast.persons["vera"]


def test_a_question_waits_for_the_client_and_an_answer_brings_it_back(monday, cast):
    request = received(cast)
    operations.ask(request, "Какой бюджет?", by=cast.actor("vera"))
    assert (request.state, request.replied_at) == ("waiting_client", MONDAY)
    assert request.contact is not None
    assert request.contact.kind == "contact"
    operations.answer(request, "Два миллиона", by=cast.actor("vera"))
    assert request.state == "in_review"
    assert [message.from_client for message in queries.talk(request)] == [False, True]


def test_a_question_needs_an_address_and_never_goes_to_a_colleague(monday, cast):
    with pytest.raises(Refused):
        operations.ask(received(cast, email="", phone="+7 900 000-00-00"), "Кто вы?", by=cast.actor("vera"))
    with pytest.raises(Refused):
        operations.ask(received(cast, email="oleg@agency.example"), "Кто вы?", by=cast.actor("vera"))


def test_no_and_later_want_a_reason(monday, cast):
    vera = cast.actor("vera")
    with pytest.raises(Refused):
        operations.decline(received(cast), "", by=vera)
    request = received(cast)
    operations.decline(request, "не наш профиль", letter="Спасибо, но мы такого не делаем.", by=vera)
    assert (request.state, request.reason) == ("declined", "не наш профиль")
    operations.reopen(request, by=vera)
    with pytest.raises(Refused):
        operations.hold(request, "ждём бюджета", None, by=vera)
    with pytest.raises(Refused):
        operations.hold(request, "ждём бюджета", date(2026, 11, 23), by=vera)
    operations.hold(request, "ждём бюджета", date(2026, 12, 7), by=vera)
    assert request.hold_until == date(2026, 12, 7)
    operations.resume(request, by=vera)
    assert (request.state, request.reason) == ("in_review", "")


def test_a_duplicate_names_the_request_that_goes_on(monday, cast):
    first, second = received(cast), received(cast)
    with pytest.raises(Refused):
        operations.mark_duplicate(second, second, by=cast.actor("vera"))
    operations.mark_duplicate(second, first, by=cast.actor("vera"))
    assert second.duplicate_of_id == first.id


def test_a_manager_cannot_touch_the_request_of_anothers_client(monday, cast):
    request = received(cast, email="roman@sytyj-barsuk.example")
    operations.confirm_sender(request, by=cast.actor("oleg"))
    assert request.client_id == cast.rival
    with pytest.raises(Forbidden):
        operations.take(request, by=cast.actor("vera"))


@pytest.mark.parametrize("who", ["designer", "finance", "head_creative", "admin", "irina"])
def test_only_managers_and_the_owner_decide_on_requests(monday, cast, who):
    assert not MOVES.open_to(received(cast), cast.actor(who))


def test_every_move_leaves_its_fact(monday, cast):
    request = received(cast)
    operations.take(request, by=cast.actor("vera"))
    assert [row.verb for row in journal.about(request)] == ["request.taken", "request.received"]


def test_a_new_request_cannot_be_qualified_before_somebody_took_it(monday, cast):
    client = queries.clients.get(cast.hedgehog)
    plan = projects.Plan(client=client, name="Утро", manager=cast.person("vera"), starts_on=date(2026, 11, 23))
    with pytest.raises(WrongState):
        projects.open_from(received(cast), plan, by=cast.actor("vera"))
