"""The life of a task: taken once, handed in, checked, accepted; nothing moves in silence."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from agency.attached.files.models import File
from agency.flow.tasks import face, operations, plans
from agency.flow.tasks.models import Task
from agency.flow.tasks.plans import Settled
from agency.kit import clock, storage
from agency.kit.db import db
from agency.kit.journal import Fact
from agency.kit.policy import Forbidden
from agency.kit.states import Refused, WrongState
from agency.kit.web.edge import Upload
from tests.cast import Cast
from tests.flow.tasks import factory

pytestmark = pytest.mark.usefixtures("unit")


def facts(task: Task) -> list[Fact]:
    rows = select(Fact).where(Fact.subject_kind == "task", Fact.subject_id == task.id).order_by(Fact.id)
    return list(db.session.scalars(rows))


def upload(name: str = "texts.txt", content: bytes = b"Bread at home") -> Upload:
    return Upload(name, storage.stage(BytesIO(content), 1 << 20))


def test_the_second_who_takes_a_task_is_told_who_has_it(cast: Cast) -> None:
    task = factory.task(cast, "open")
    operations.take(task, by=cast.actor("copywriter"))
    with pytest.raises(WrongState, match="Ясенева"):
        operations.take(task, by=cast.actor("designer"))
    assert task.assignee_id == cast.persons["copywriter"]


def test_nobody_takes_a_task_of_another_department(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        operations.take(factory.task(cast, "open"), by=cast.actor("seo"))


def test_a_task_is_given_only_to_somebody_of_its_department(cast: Cast) -> None:
    task = factory.task(cast, "open")
    with pytest.raises(Refused) as refused:
        operations.assign(task, cast.person("seo"), by=cast.actor("head_creative"))
    assert refused.value.field == "assignee_id"
    operations.assign(task, cast.person("designer"), by=cast.actor("head_creative"))
    assert (task.state, task.assignee_id) == ("taken", cast.persons["designer"])


def test_a_task_given_back_is_free_again_and_says_why(cast: Cast) -> None:
    task = factory.task(cast, "in_progress")
    with pytest.raises(Refused) as refused:
        operations.give_back(task, cast.actor("copywriter"), "  ")
    assert refused.value.field == "reason"
    operations.give_back(task, cast.actor("copywriter"), "Ухожу в отпуск")
    assert (task.state, task.assignee_id) == ("open", None)
    assert facts(task)[-1].details["reason"] == "Ухожу в отпуск"


def test_work_goes_from_a_version_through_the_check_and_the_client_to_done(cast: Cast) -> None:
    task = factory.task(cast, "in_progress", client_accepts=True)
    maker, head, irina = cast.actor("copywriter"), cast.actor("head_creative"), cast.actor("irina")
    first = operations.hand_in(task, maker, note="Первая версия", uploads=[upload()])
    operations.send_back(task, head, ["- короче\n- без «полезный»"])
    assert (task.state, first.verdict, first.remarks) == ("in_progress", "returned", ["короче", "без «полезный»"])
    second = operations.hand_in(task, maker, uploads=[upload(content=b"Shorter")], fixed=[0, 1])
    assert second.n == 2
    operations.pass_(task, head)
    assert task.state == "client_review"
    operations.send_back_by_client(task, irina, ["теплее"], seen=second.content_hash)
    assert (task.state, task.round) == ("in_progress", 2)
    third = operations.hand_in(task, maker, note="Теплее")
    operations.pass_(task, head)
    operations.accept(task, irina, seen=third.content_hash, typed_name="Ирина Ветлугина")
    assert task.state == "done"
    assert task.done_at is not None
    told = [(fact.verb, fact.audience) for fact in facts(task)]
    assert ("task.shown", "client") in told
    assert ("task.sent_back", "client") in told
    assert ("task.done", "client") in told
    assert ("task.returned", "inner") in told


def test_only_what_the_client_was_shown_is_opened_to_the_client(cast: Cast) -> None:
    task = factory.task(cast, "in_progress", client_accepts=True)
    operations.hand_in(task, cast.actor("copywriter"), uploads=[upload()])
    operations.send_back(task, cast.actor("head_creative"), ["иначе"])
    operations.hand_in(task, cast.actor("copywriter"), uploads=[upload(content=b"Second")])
    operations.pass_(task, cast.actor("head_creative"))
    assert [file.audience for file in db.session.scalars(select(File).order_by(File.id))] == ["inner", "client"]
    shown = face.one([task.client_id], task.id)
    assert shown is not None
    assert shown.waits
    assert [file.name for file in shown.files] == ["texts.txt"]


def test_a_client_cannot_accept_a_version_not_seen_nor_without_a_name(cast: Cast) -> None:
    task = factory.task(cast, "client_review", client_accepts=True)
    with pytest.raises(Refused) as refused, db.session.begin_nested():
        operations.accept(task, cast.actor("irina"), seen=f"hash-{task.id}-1", typed_name=" ")
    assert refused.value.field == "typed_name"
    db.session.refresh(task)
    with pytest.raises(WrongState), db.session.begin_nested():
        operations.accept(task, cast.actor("irina"), seen="an older one", typed_name="Ирина Ветлугина")


def test_a_viewer_of_the_client_and_a_strange_client_decide_nothing(cast: Cast) -> None:
    for name in ("timur", "stranger"):
        task = factory.task(cast, "client_review", client_accepts=True)
        with pytest.raises(Forbidden):
            operations.accept(task, cast.actor(name), seen=f"hash-{task.id}-1", typed_name="Некто Другой")


def test_what_is_not_ticked_needs_a_word(cast: Cast) -> None:
    task = factory.task(cast, "in_progress", marked=True)
    with pytest.raises(Refused) as refused:
        operations.hand_in(task, cast.actor("copywriter"), uploads=[upload()], kept=[])
    assert refused.value.field == "note"
    operations.hand_in(task, cast.actor("copywriter"), uploads=[upload()], kept=[m.requirement_id for m in task.marks])


def test_nobody_checks_their_own_work(cast: Cast) -> None:
    task = factory.task(cast, "in_review", assignee="head_creative")
    with pytest.raises(Refused, match="проверяет"):
        operations.pass_(task, cast.actor("head_creative"))
    operations.pass_(task, cast.actor("owner"))
    assert task.state == "done"


def test_a_due_date_moves_only_with_a_reason_and_keeps_what_it_was(cast: Cast) -> None:
    task = factory.task(cast, "in_progress")
    was, becomes = task.due_on, clock.today() + timedelta(days=9)
    with pytest.raises(Refused) as refused:
        plans.move_due(task, becomes, cast.actor("vera"), " ")
    assert refused.value.field == "reason"
    plans.move_due(task, becomes, cast.actor("vera"), "Площадка отменила бронь")
    assert [(move.was_on, move.becomes_on, move.reason) for move in task.due_moves] == [
        (was, becomes, "Площадка отменила бронь"),
    ]
    told = facts(task)[-1]
    assert (told.verb, told.audience) == ("task.due_moved", "client")
    assert told.details["was"] == was.isoformat()  # type: ignore[union-attr]


def test_a_planned_day_may_change_freely_until_the_task_is_open(cast: Cast) -> None:
    task = factory.task(cast, "backlog")
    plans.move_due(task, clock.today() + timedelta(days=20), cast.actor("vera"), "")
    assert task.due_moves == []


def test_a_blocked_task_goes_on_where_it_was(cast: Cast) -> None:
    for state in ("open", "taken", "in_progress", "in_review", "client_review"):
        task = factory.task(cast, state)
        operations.block(task, cast.actor("head_creative"), "Нет реквизитов", "client")
        assert (task.state, task.stands_in, task.blocked_for) == ("blocked", state, "client")
        operations.unblock(task, cast.actor("head_creative"))
        assert (task.state, task.blocked_reason) == (state, "")


def test_a_planned_task_opens_with_a_day_and_goes_to_whom_it_was_meant_for(cast: Cast) -> None:
    undated = factory.task(cast, "backlog", due_on=None)
    with pytest.raises(Refused) as refused:
        operations.release(undated, by=cast.actor("vera"))
    assert refused.value.field == "due_on"
    meant = factory.task(cast, "backlog", assignee="designer")
    operations.release(meant, by=cast.actor("vera"))
    assert (meant.state, meant.assignee_id) == ("taken", cast.persons["designer"])


def test_the_first_open_task_begins_the_work_of_a_planned_project(cast: Cast) -> None:
    for by in ("vera", "head_creative"):
        project = factory.project(cast)
        project.state = "planned"
        for task in (factory.task(cast, "backlog", of=project), factory.task(cast, "backlog", of=project)):
            operations.release(task, by=cast.actor(by))
        assert project.state == "active"
        begun = select(Fact.verb).where(Fact.subject_kind == "project", Fact.subject_id == project.id)
        assert list(db.session.scalars(begun)).count("project.started") == 1


def test_a_whole_plan_opens_at_once_with_proposed_days(cast: Cast) -> None:
    project = factory.project(cast)
    for department in ("creative", "creative", "media", "account"):
        factory.task(cast, "backlog", of=project, department=department, due_on=None, estimate_minutes=720)
    opened = plans.release_all(project, by=cast.actor("vera"))
    assert len(opened) == 4
    assert all(task.due_on is not None and task.due_on <= project.ends_on for task in opened)
    assert {task.state for task in opened} == {"open"}


def test_a_task_by_hand_says_what_and_where(cast: Cast) -> None:
    project = factory.project(cast)
    with pytest.raises(Refused) as refused:
        plans.make(project, Settled(" ", "creative"), by=cast.actor("vera"))
    assert refused.value.field == "title"
    settled = Settled("Слоган", "creative", client_accepts=True, is_public=False)
    task = plans.make(project, settled, by=cast.actor("vera"))
    assert (task.state, task.is_public) == ("backlog", True)
    with pytest.raises(Forbidden):
        plans.make(project, Settled("Слоган", "media"), by=cast.actor("head_creative"))


def test_what_a_client_may_not_know_of_stays_inner(cast: Cast) -> None:
    task = factory.task(cast, "in_review", is_public=False)
    operations.pass_(task, cast.actor("head_creative"))
    assert {fact.audience for fact in facts(task)} == {"inner"}
    assert face.of_project([task.client_id], task.project_id) == []
