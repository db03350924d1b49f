"""Who is told of what: the rules as one table, and the people behind their words."""

from collections.abc import Iterator

import pytest
from flask import Flask

from agency.attached.comments import operations as comments
from agency.attached.notices.models import Notice
from agency.attached.notices.rules import RULES
from agency.attached.notices.whom import WHOM
from agency.attached.promises import operations as promises
from agency.flow.projects import operations as projects
from agency.flow.requests import operations as requests
from agency.flow.tasks import operations as tasks
from agency.kit import clock, journal
from agency.kit.db import db, unit
from agency.people.accounts.identity import NOBODY
from agency.people.clients import queries as clients
from tests.cast import Cast
from tests.flow import factory
from tests.flow.tasks import factory as work
from workers.consequences import CONSEQUENCES
from workers.drain import drain
from workers.notices import ring


@pytest.fixture
def open_app(app: Flask) -> Iterator[None]:
    """A context in which facts are written and their consequences done."""
    with app.app_context():
        yield


def rung(cast: Cast) -> set[tuple[str, str]]:
    """Everybody's notices as (name, verb), after all consequences are done."""
    drain()
    names = {id: name for name, id in cast.persons.items()}
    found = {(names[row.person_id], row.fact.verb) for row in db.session.query(Notice)}
    db.session.rollback()
    return found


def test_every_rule_speaks_of_a_declared_fact_and_of_known_people(app: Flask) -> None:
    assert set(RULES) <= set(journal.declared())
    assert {name for rule in RULES.values() for name in (*rule.to, *rule.from_client)} <= set(WHOM)


def test_every_rule_is_a_consequence() -> None:
    assert {verb for verb, jobs in CONSEQUENCES.items() if "notices.ring" in jobs} == set(RULES)


def test_a_handed_in_version_is_told_to_the_head_alone(open_app: None, cast: Cast) -> None:
    with unit():
        tasks.hand_in(work.task(cast, "in_progress"), cast.actor("copywriter"), note="В папке")
    assert rung(cast) == {("head_creative", "task.handed_in")}


def test_a_blocked_task_is_told_to_whoever_leads_and_to_the_head(open_app: None, cast: Cast) -> None:
    with unit():
        tasks.block(work.task(cast, "in_progress"), cast.actor("copywriter"), "Нет логотипа", "client")
    assert rung(cast) == {("vera", "task.blocked"), ("head_creative", "task.blocked")}


def test_whoever_did_it_is_not_told(open_app: None, cast: Cast) -> None:
    with unit():
        project = factory.a_project(cast)
        promises.make(project, "Показать идею", clock.today(), by=cast.actor("vera"))
    assert rung(cast) == set()


def test_the_deputy_is_told_what_the_manager_promised(open_app: None, cast: Cast) -> None:
    with unit():
        project = factory.a_project(cast, deputy_id=cast.persons["oleg"])
        promises.make(project, "Показать идею", clock.today(), by=cast.actor("vera"))
    assert rung(cast) == {("oleg", "promise.made")}


def test_a_clients_word_is_told_to_the_manager_and_a_colleagues_to_those_who_talk(open_app: None, cast: Cast) -> None:
    with unit():
        project = factory.a_project(cast)
        task = work.task(cast, "in_progress", of=project)
        comments.write(project, "Когда покажете?", cast.actor("irina"), audience="client")
        comments.write(task, "Смотрю", cast.actor("head_creative"))
    assert rung(cast) == {("vera", "comment.asked"), ("copywriter", "comment.written")}


def test_a_remark_opens_what_it_stands_on(open_app: None, cast: Cast) -> None:
    with unit():
        task = work.task(cast, "in_progress")
        comments.write(task, "Смотрю", cast.actor("head_creative"))
        task_id = task.id
    drain()
    notice = db.session.query(Notice).one()
    assert (notice.subject_kind, notice.subject_id) == ("task", task_id)
    assert notice.about == "Тексты упаковки, шесть вкусов, Утро по подписке, Тёплый Ёж"
    assert (notice.client_id, notice.project_id is None) == (cast.hedgehog, False)


def test_a_request_of_nobody_is_told_to_every_account_manager(open_app: None, cast: Cast) -> None:
    with unit():
        requests.receive("Нужен сайт", by=NOBODY, email="new@somebody.example", contact_name="Новый")
    assert rung(cast) == {("vera", "request.received"), ("oleg", "request.received")}


def test_a_request_of_a_client_is_told_to_the_clients_manager_alone(open_app: None, cast: Cast) -> None:
    with unit():
        requests.receive("Нужен сайт", by=cast.actor("irina"), client=clients.get(cast.hedgehog))
    assert rung(cast) == {("vera", "request.received")}


def test_nobody_is_told_of_what_must_not_be_seen(open_app: None, cast: Cast) -> None:
    """A member of the team who left the department's work sees the project; a stranger to it is never asked."""
    with unit():
        project = factory.a_project(cast)
        projects.hold(project, "client", "Ждём логотип", by=cast.actor("owner"))
        projects.set_team(project, [cast.person("seo"), cast.person("irina")], by=cast.actor("owner"))
    told = rung(cast)
    assert ("seo", "project.held") in told
    assert not {name for name, _verb in told} & {"irina", "timur", "stranger", "oleg", "copywriter"}


def test_somebody_who_left_is_told_nothing(open_app: None, cast: Cast) -> None:
    with unit():
        cast.person("head_creative").is_active = False
        tasks.hand_in(work.task(cast, "in_progress"), cast.actor("copywriter"), note="В папке")
    assert rung(cast) == set()


def test_the_same_fact_told_twice_is_one_notice(open_app: None, cast: Cast) -> None:
    with unit():
        tasks.hand_in(work.task(cast, "in_progress"), cast.actor("copywriter"), note="В папке")
    drain()
    fact_id = db.session.query(Notice).one().fact_id
    db.session.rollback()
    with unit():
        ring(fact_id)
    assert db.session.query(Notice).count() == 1
