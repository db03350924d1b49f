"""A question put together for anybody of the same roles finds for each what their own question finds."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select, select

from agency.attached.promises import operations as promises
from agency.attached.promises import queries as promised
from agency.flow.projects import queries as projects
from agency.flow.projects.models import Project
from agency.flow.tasks import queries as tasks
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import db, unit
from agency.people.accounts import anybody
from agency.people.accounts.anybody import Anybody
from tests.cast import STAFF, Cast
from tests.flow.tasks import factory

QUESTIONS: dict[str, Callable[[Any], Select[Any]]] = {
    "tasks": lambda who: select(Task.id).where(tasks.reach(who)),
    "projects": lambda who: projects.visible_to(who).with_only_columns(Project.id),
    "promises": lambda who: promised.open_for(who, clock.today()),
}


@pytest.mark.on_both
def test_anybody_finds_what_each_one_finds(context: None, cast: Cast) -> None:
    with unit():
        for client, manager in (("hedgehog", "vera"), ("rival", "oleg")):
            project = factory.project(cast, client=client, manager=manager)
            for department in ("creative", "media"):
                factory.task(cast, "open", of=project, department=department)
            promises.make(project, "Показать", clock.today(), by=cast.actor(manager))
    found = {}
    for name in STAFF:
        who = cast.actor(name)
        for about, question in QUESTIONS.items():
            own = sorted(db.session.scalars(question(who)))
            assert sorted(db.session.scalars(question(anybody.like(who)), anybody.of(who))) == own, (name, about)
            found[name, about] = len(own)
    assert found["vera", "tasks"] == 2
    assert found["head_media", "tasks"] == 2
    assert found["owner", "projects"] == 2
    assert found["oleg", "promises"] == 1


def test_two_of_the_same_roles_are_the_same_anybody_and_a_client_is_none(context: None, cast: Cast) -> None:
    managers = Anybody(frozenset({"account_manager"}))
    assert anybody.like(cast.actor("vera")) == anybody.like(cast.actor("oleg")) == managers
    with pytest.raises(ValueError, match="staff"):
        anybody.like(cast.actor("irina"))
