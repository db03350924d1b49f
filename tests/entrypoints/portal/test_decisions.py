"""A client decides on exactly what was seen, once, under a typed name, and only who may decide."""

import re
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from agency.attached.approvals.models import Approval
from agency.attached.comments.models import Comment
from agency.attached.files.models import File
from agency.entrypoints.portal.models import Opening
from agency.flow.briefs import operations as briefs
from agency.flow.briefs.models import Brief
from agency.flow.projects.models import Project
from agency.flow.smetas import operations as smetas
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit.db import db, unit
from agency.kit.mail import Mail
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk.stage import Holder
from tests.walk.world import Twin
from workers.drain import drain

As = Callable[[str | None], Visitor]
Twins = tuple[Twin, Twin]
NAME = "Ирина Ветлугина"
WAITING = ((Brief, "briefs", "sent"), (Smeta, "smetas", "sent"), (Task, "tasks", "client_review"))
WAYS = (("briefs", "approval"), ("smetas", "approval"), ("smetas", "rejection"), ("tasks", "acceptance"))


@pytest.fixture
def waiting(app: Flask, twins: Twins) -> dict[str, tuple[str, str, int]]:
    """What waits for the first twin: kind -> address, hash, id."""
    found = {}
    with app.app_context():
        for model, kind, state in WAITING:
            rows = select(model).filter_by(client_id=twins[0].client_id, state=state).order_by(model.id.desc())
            row = db.session.scalars(rows).first()
            seen = row.last_delivery.content_hash if kind == "tasks" else row.content_hash
            found[kind] = (f"/portal/projects/{row.project_id}/{kind}/{row.id}", seen, row.id)
    return found


def state_of(app: Flask, model: type, id: int) -> str:
    with app.app_context():
        return db.session.get(model, id).state  # type: ignore[union-attr, no-any-return]


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def test_the_brief_is_approved_under_a_name_and_twice_is_once(app: Flask, as_: As, waiting: dict) -> None:
    at, seen, id = waiting["briefs"]
    irina = as_("irina")
    assert hidden(irina.get(at).text, "yes-seen") == seen
    irina.post(f"{at}/approval", {"yes-seen": seen}, status=422)
    assert state_of(app, Brief, id) == "sent"
    before = count(app, Approval)
    for _again in range(2):
        irina.post(f"{at}/approval", {"yes-seen": seen, "yes-typed_name": NAME})
    assert (state_of(app, Brief, id), count(app, Approval)) == ("approved", before + 1)
    assert NAME in irina.get(at).text


def test_the_brief_comes_back_with_words(app: Flask, as_: As, waiting: dict) -> None:
    at, seen, id = waiting["briefs"]
    as_("irina").post(f"{at}/return", {"no-seen": seen, "no-words": "  "}, status=422)
    as_("irina").post(f"{at}/return", {"no-seen": seen, "no-words": "Цель не 3 000, а 4 000"})
    assert state_of(app, Brief, id) == "returned"
    assert "Цель не 3" in as_("irina").get(at).text


def test_the_smeta_is_approved_and_the_page_shows_the_evidence(app: Flask, as_: As, waiting: dict) -> None:
    at, seen, id = waiting["smetas"]
    page = as_("irina").get(at).text
    assert hidden(page, "yes-seen") == hidden(page, "no-seen") == hidden(page, "change-seen") == seen
    as_("irina").post(f"{at}/approval", {"yes-seen": seen, "yes-typed_name": " "}, status=422)
    as_("irina").post(f"{at}/approval", {"yes-seen": seen, "yes-typed_name": NAME})
    assert state_of(app, Smeta, id) == "approved"
    assert NAME in as_("irina").get(at).text


@pytest.mark.parametrize(("way", "field", "state"), [
    ("rejection", "no-reason", "rejected"), ("changes", "change-words", "changes_requested"),
])
def test_a_no_and_a_change_want_words(app: Flask, as_: As, waiting: dict, way: str, field: str, state: str) -> None:
    at, seen, id = waiting["smetas"]
    name = field.split("-")[0]
    as_("irina").post(f"{at}/{way}", {f"{name}-seen": seen}, status=422)
    as_("irina").post(f"{at}/{way}", {f"{name}-seen": seen, field: "Дороже бюджета"})
    assert state_of(app, Smeta, id) == state


def test_a_version_is_accepted_or_sent_back_with_one_list(app: Flask, as_: As, waiting: dict) -> None:
    at, seen, id = waiting["tasks"]
    as_("irina").post(f"{at}/return", {"no-seen": seen, "no-words": "Теплее\nБез логотипа"})
    with app.app_context():
        task = db.session.get(Task, id)
        assert (task.state, task.round, task.deliveries[-1].remarks) == ("in_progress", 2, ["Теплее", "Без логотипа"])  # type: ignore[union-attr]


def test_a_version_accepted_twice_is_accepted_once(app: Flask, as_: As, waiting: dict) -> None:
    at, seen, id = waiting["tasks"]
    as_("irina").post(f"{at}/acceptance", {"yes-seen": seen}, status=422)
    for _again in range(2):
        as_("irina").post(f"{at}/acceptance", {"yes-seen": seen, "yes-typed_name": NAME})
    assert state_of(app, Task, id) == "done"


def test_what_moved_on_is_answered_409_with_the_newest_version(app: Flask, as_: As, cast: Cast, waiting: dict) -> None:
    at, _seen, id = waiting["smetas"]
    irina = as_("irina")
    page = irina.get(at).text
    with app.app_context(), unit():
        newer = smetas.new_version(db.session.get(Smeta, id), by=cast.actor("vera"))
        smetas.send(newer, by=cast.actor("vera"), without_brief="спешим")
        newest = (newer.number, newer.content_hash)
    typed = {"yes-seen": hidden(page, "yes-seen"), "yes-typed_name": NAME}
    answer = irina.post(f"{at}/approval", typed, status=409).text
    assert newest[0] in answer
    assert hidden(answer, "yes-seen") == newest[1]
    assert NAME in answer
    assert state_of(app, Smeta, id) == "superseded"


def test_another_hash_is_never_approved(app: Flask, as_: As, waiting: dict) -> None:
    for model, kind, _state in WAITING:
        way = "acceptance" if kind == "tasks" else "approval"
        at, _seen, id = waiting[kind]
        before = state_of(app, model, id)
        as_("irina").post(f"{at}/{way}", {"yes-seen": "0" * 64, "yes-typed_name": NAME}, status=409)
        assert state_of(app, model, id) == before


def test_who_only_looks_cannot_decide(app: Flask, as_: As, holder: Holder, waiting: dict) -> None:
    with app.app_context():
        project_id = db.session.get(Smeta, waiting["smetas"][2]).project_id  # type: ignore[union-attr]
    lookers = [as_("timur"), holder("irina", project_id, ("view", "answer")), holder("timur", project_id)]
    for visitor in lookers:
        for kind, way in WAYS:
            at, seen, _id = waiting[kind]
            assert 'name="yes-typed_name"' not in visitor.get(at).text
            visitor.post(f"{at}/{way}", {"yes-seen": seen, "no-seen": seen, "yes-typed_name": NAME}, status=403)


def test_twenty_parallel_approvals_are_one(app: Flask, holder: Holder, as_: As, waiting: dict) -> None:
    at, seen, id = waiting["smetas"]
    visitors, codes = [as_("irina") for _ in range(20)], []
    before = count(app, Approval)

    def press(visitor: Visitor) -> None:
        headers = {"X-CSRF-Token": visitor.token()}
        answer = visitor.client.post(f"{at}/approval", data={"yes-seen": seen, "yes-typed_name": NAME}, headers=headers)
        codes.append(answer.status_code)

    threads = [threading.Thread(target=press, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {303, 409}
    assert (state_of(app, Smeta, id), count(app, Approval)) == ("approved", before + 1)


def test_a_question_reaches_the_manager_by_mail_and_the_answer_the_client(app: Flask, as_: As, twins: Twins) -> None:
    with app.app_context():
        id = db.session.scalars(select(Project.id).filter_by(client_id=twins[0].client_id).order_by(Project.id)).first()
    irina, vera = as_("irina"), as_("vera")
    with app.app_context():
        drain()
        before = len(db.session.scalars(select(Mail.id).filter_by(subject_kind="comment")).all())
    irina.post(f"/portal/projects/{id}/questions", {"ask-words": ""}, status=422)
    irina.post(f"/portal/projects/{id}/questions", {"ask-words": "Когда съёмка, уточните"})
    assert "Когда съёмка, уточните" in vera.get(f"/projects/{id}").text
    said = {"talk-words": "Первого декабря", "talk-shown": "y", "talk-back": f"/projects/{id}"}
    vera.post(f"/comments/project/{id}", said)
    assert "Первого декабря" in irina.get(f"/portal/projects/{id}").text
    with app.app_context():
        drain()
        about = select(Mail).filter_by(subject_kind="comment").order_by(Mail.id)
        rows = db.session.scalars(about.offset(before)).all()
        assert [row.to_address for row in rows] == ["vera@agency.example", "irina@tyoply-yozh.example"]


def test_files_go_both_ways(app: Flask, as_: As, twins: Twins) -> None:
    from io import BytesIO

    with app.app_context():
        id = db.session.scalars(select(Project.id).filter_by(client_id=twins[0].client_id).order_by(Project.id)).first()
    irina = as_("irina")
    irina.post(f"/portal/projects/{id}/files", {}, status=422)
    before = count(app, File)
    irina.post(f"/portal/projects/{id}/files", {"send-files": (BytesIO("Текст акции".encode()), "акция.txt")})
    assert count(app, File) == before + 1
    page = irina.get(f"/portal/projects/{id}").text
    address = re.search(r'href="(/portal/files/\d+)">(?:(?!</a>).)*акция\.txt', page)
    assert address
    assert irina.get(address[1]).data.decode() == "Текст акции"


def test_an_opening_is_told_by_the_page_and_shown_to_the_manager(app: Flask, as_: As, waiting: dict) -> None:
    at, _seen, id = waiting["smetas"]
    irina, before = as_("irina"), count(app, Opening)
    page = irina.get(at).text
    assert count(app, Opening) == before
    place = re.search(r'data-opening-url="([^"]+)"', page)
    assert place
    for _again in range(3):
        irina.post(place[1], {}, status=204)
    assert count(app, Opening) == before + 1
    with app.app_context():
        project_id = db.session.get(Smeta, id).project_id  # type: ignore[union-attr]
    assert "Ирина" in as_("vera").get(f"/projects/{project_id}/links").text.replace("И.", "Ирина")
    staff = as_("vera").get(f"/smetas/{id}").text
    assert "открывали" in staff
    as_("stranger").post(place[1], {}, status=404)


def test_a_manager_closes_a_link_and_sends_a_fresh_one(app: Flask, as_: As, holder: Holder, twins: Twins) -> None:
    with app.app_context():
        id = db.session.scalars(select(Project.id).filter_by(client_id=twins[0].client_id).order_by(Project.id)).first()
    visitor, vera = holder("irina", id), as_("vera")
    visitor.get(f"/portal/projects/{id}")
    page = vera.get(f"/projects/{id}/links").text
    revoke = re.findall(rf'action="(/projects/{id}/links/\d+/revocation)"', page)
    as_("designer").post(revoke[0], {}, status=404)
    vera.post(revoke[0], {})
    visitor.get(f"/portal/projects/{id}", status=302)
    before = count(app, Mail)
    contact = hidden(page, "contact")
    vera.post(f"/projects/{id}/links", {"contact": contact})
    vera.post(f"/projects/{id}/links", {"contact": "999"}, status=409)
    with app.app_context():
        drain()
    assert count(app, Mail) > before


def test_leaving_ends_this_device_alone(as_: As, holder: Holder) -> None:
    here, there = holder("irina"), holder("irina")
    here.post("/portal/leaving", {})
    here.get("/portal", status=302)
    there.get("/portal")
    as_("irina").get("/portal")


def test_a_withdrawn_brief_is_gone_for_the_client(app: Flask, as_: As, cast: Cast, waiting: dict) -> None:
    at, seen, id = waiting["briefs"]
    with app.app_context(), unit():
        briefs.withdraw(db.session.get(Brief, id), by=cast.actor("vera"))
    as_("irina").get(at, status=404)
    as_("irina").post(f"{at}/approval", {"yes-seen": seen, "yes-typed_name": NAME}, status=404)


def test_comments_of_the_kitchen_never_reach_the_portal(app: Flask, as_: As, twins: Twins) -> None:
    with app.app_context():
        mine = {"client_id": twins[0].client_id}
        inner = db.session.scalars(select(Comment.words).filter_by(**mine, audience="inner")).all()
        ids = db.session.scalars(select(Project.id).filter_by(**mine)).all()
    pages = "".join(as_("irina").get(f"/portal/projects/{id}").text for id in ids)
    assert inner
    assert [words for words in inner if words in pages] == []
