"""A project is opened from a request, led, and moved only in the open."""

from datetime import UTC, date, datetime

import pytest

from agency.flow.projects import operations, queries, requirements, stages
from agency.flow.projects.models import Project
from agency.flow.requests import operations as requests
from agency.flow.requests.models import Request
from agency.kit import clock, journal
from agency.kit.policy import Forbidden
from agency.kit.states import Refused, WrongState
from agency.kit.words import using
from agency.people.accounts.identity import NOBODY
from agency.people.agency import numbering
from agency.people.clients import operations as clients
from agency.people.clients import queries as known_clients
from tests.cast import Cast

MONDAY = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)


@pytest.fixture
def monday(unit: object):
    with clock.at(MONDAY):
        yield


def taken(cast: Cast, who: str = "vera", email: str = "irina@tyoply-yozh.example") -> Request:
    request = requests.receive("Нужна кампания на февраль.", by=NOBODY, email=email)
    requests.take(request, by=cast.actor(who))
    return request


def plan(cast: Cast, **more: object) -> operations.Plan:
    given = {
        "client": known_clients.get(cast.hedgehog),
        "name": "Утро по подписке",
        "manager": cast.person("vera"),
        "deputy": cast.person("oleg"),
        "starts_on": date(2026, 11, 23),
        "ends_on": date(2027, 3, 31),
        **more,
    }
    return operations.Plan(**given)


def opened(cast: Cast, **more: object) -> Project:
    return operations.open_from(taken(cast), plan(cast, **more), by=cast.actor("vera"))


def test_an_agency_goes_on_counting_where_its_own_numbers_end(monday, cast):
    numbering.start_at("project:2026", 13)
    assert opened(cast).number == "TE-2026-014"
    assert opened(cast).number == "TE-2026-015"


def test_opening_qualifies_the_request_and_lays_stages_and_requirements(monday, cast):
    project = opened(
        cast, requirements=["Кампания на февраль — март", "Бюджет до 2,7 млн ₽"], team=[cast.person("seo")]
    )
    request = queries.db.session.get(Request, project.request_id)
    assert request.state == "qualified"
    assert [stage.ordinal for stage in project.stages] == [1, 2, 3, 4, 5, 6, 7]
    assert project.stages[2].name == "Концепция"
    assert project.stages[-1].planned_on == date(2027, 3, 31)
    assert [row.mark for row in requirements.of(project.id)] == ["Т1", "Т2"]
    assert [member.person_id for member in project.members] == [cast.persons["seo"]]
    verbs = [row.verb for row in journal.about(project)]
    assert verbs == ["project.opened"]


def test_ready_stages_are_named_in_the_language_of_the_client_who_reads_them(monday, cast):
    with using("ru"):
        named = {
            language: [stage.name for stage in opened(cast, language=language, preset="design").stages]
            for language in ("ru", "cs")
        }
    assert (named["ru"][0], named["ru"][-1]) == ("Бриф", "Передача материалов")
    assert named["cs"][0] == "Brief"
    assert not set(named["cs"]) & set(named["ru"])


def test_a_client_made_a_moment_ago_belongs_to_its_manager(monday, cast):
    vera = cast.actor("vera")
    client = clients.add("Мельница Заречье", manager=cast.person("vera"), by=vera)
    request = taken(cast, email="new@zarechye.example")
    project = operations.open_from(request, plan(cast, client=client), by=vera)
    assert project.number == "MZ-2026-001"
    assert request.client_id == client.id


def test_nobody_opens_a_project_for_another_managers_client(monday, cast):
    stranger = known_clients.get(cast.rival)
    request = taken(cast, email="new@zarechye.example")
    with pytest.raises(Forbidden):
        operations.open_from(request, plan(cast, client=stranger), by=cast.actor("vera"))


def test_a_request_opens_one_project_only(monday, cast):
    request = taken(cast)
    operations.open_from(request, plan(cast), by=cast.actor("vera"))
    with pytest.raises(WrongState):
        operations.open_from(request, plan(cast), by=cast.actor("vera"))


def test_a_plan_that_makes_no_sense_is_refused_beside_its_field(monday, cast):
    for wrong, field in [
        ({"name": " "}, "name"),
        ({"ends_on": date(2026, 11, 1)}, "ends_on"),
        ({"deputy": cast.person("vera")}, "deputy_id"),
        ({"manager": cast.person("irina")}, "manager_id"),
    ]:
        with pytest.raises(Refused) as refused:
            opened(cast, **wrong)
        assert refused.value.field == field


def test_a_project_goes_its_way_from_planned_to_closed(monday, cast):
    vera, project = cast.actor("vera"), opened(cast)
    operations.start(project, by=vera)
    assert project.stages[0].started_on == date(2026, 11, 23)
    with pytest.raises(Refused):
        operations.hold(project, "client", "", by=vera)
    operations.hold(project, "client", "ждём логотип", by=vera)
    assert (project.state, project.hold_side) == ("on_hold", "client")
    operations.resume(project, by=vera)
    operations.wind_up(project, by=vera)
    operations.settle(project, by=vera)
    assert project.state == "closed"
    with pytest.raises(WrongState):
        operations.cancel(project, "передумали", by=vera)


def test_a_stage_moves_with_a_reason_and_keeps_the_planned_day(monday, cast):
    vera, project = cast.actor("vera"), opened(cast)
    stage = project.stages[4]
    planned = stage.planned_on
    with pytest.raises(Refused) as refused:
        stages.move(stage, date(2027, 3, 1), "", by=vera)
    assert refused.value.field == "reason"
    stages.move(stage, date(2027, 3, 1), "площадка отменила бронь", by=vera)
    assert (stage.planned_on, stage.forecast_on, stage.is_moved) == (planned, date(2027, 3, 1), True)
    told = journal.about(stage)[0]
    assert (told.verb, told.audience) == ("project.stage_moved", "client")
    assert journal.client_details(told)["reason"] == "площадка отменила бронь"


def test_stages_are_begun_done_and_never_taken_away_after_that(monday, cast):
    vera, project = cast.actor("vera"), opened(cast)
    first = project.stages[0]
    stages.finish(first, by=vera)
    assert project.current_stage is project.stages[1]
    with pytest.raises(WrongState):
        stages.remove(first, by=vera)
    with pytest.raises(WrongState):
        stages.move(first, date(2027, 1, 1), "так вышло", by=vera)
    last = stages.add(project, "Повтор", date(2027, 4, 10), by=vera)
    assert last.ordinal == 8
    stages.remove(last, by=vera)
    assert len(project.stages) == 7


def test_words_of_a_requirement_change_and_its_mark_stays_for_good(monday, cast):
    vera, project = cast.actor("vera"), opened(cast, requirements=["Баннеры", "Ролик"])
    first, second = requirements.of(project.id)
    requirements.reword(first, "18 баннеров", by=vera)
    assert (first.n, first.words) == (1, "18 баннеров")
    requirements.drop(second, "клиент передумал", by=vera)
    third = requirements.add(project, "Лендинг", by=vera, source="talk")
    assert third.n == 3
    assert [row.n for row in requirements.of(project.id)] == [1, 3]
    assert [row.n for row in requirements.of(project.id, dropped=True)] == [1, 2, 3]
    with pytest.raises(WrongState):
        requirements.reword(second, "Ролик 15 с", by=vera)


def test_dates_of_a_running_project_move_with_a_reason_the_client_reads(monday, cast):
    vera, project = cast.actor("vera"), opened(cast)
    operations.start(project, by=vera)
    with pytest.raises(Refused):
        operations.change(project, by=vera, ends_on=date(2027, 4, 15))
    operations.change(project, by=vera, ends_on=date(2027, 4, 15), reason="клиент перенёс запуск", name="Утро")
    assert {row.verb for row in journal.about(project)} >= {"project.dates_moved", "project.changed"}


def test_a_list_shows_each_only_what_is_theirs(monday, cast):
    project = opened(cast, team=[cast.person("seo")])
    seen = {
        who: [row.id for row in queries.listed(cast.actor(who)).rows]
        for who in ("vera", "oleg", "owner", "head_media", "seo", "designer", "irina", "stranger")
    }
    mine = [project.id]
    assert seen == {
        "vera": mine,
        "oleg": mine,
        "owner": mine,
        "head_media": mine,
        "seo": mine,
        "designer": [],
        "irina": mine,
        "stranger": [],
    }
