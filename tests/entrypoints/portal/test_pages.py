"""The client's place: where it stands, what is waited for, papers, files and talk; nothing of the kitchen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from agency.flow.briefs.models import Brief
from agency.flow.projects import operations as projects
from agency.flow.projects.models import Project
from agency.flow.reports.models import Report
from agency.flow.smetas.models import Smeta
from agency.flow.tasks.models import Task
from agency.kit import clock
from agency.kit.db import db, unit
from agency.people.clients.models import Brand
from tests.cast import Cast
from tests.pages import Visitor
from tests.queries import counted
from tests.walk.stage import Holder
from tests.walk.world import Twin

As = Callable[[str | None], Visitor]
Twins = tuple[Twin, Twin]
KITCHEN = (
    "внутренняя реплика", "О деньгах между нами", "поставщик", "заметка", "6 000,00", "для своих", "Черновик",
    "В плане",
)


def ids(app: Flask, model: type, **wanted: object) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(model.id).filter_by(**wanted).order_by(model.id)))  # type: ignore[attr-defined]


@pytest.fixture
def first(app: Flask, twins: Twins) -> int:
    """The project of the first twin that is well under way."""
    return ids(app, Project, client_id=twins[0].client_id)[0]


@pytest.fixture
def second(app: Flask, twins: Twins) -> int:
    """The project of the first twin that waits for its client."""
    return ids(app, Project, client_id=twins[0].client_id)[1]


def test_home_lists_projects_and_requests_and_names_the_manager(as_: As, twins: Twins) -> None:
    page = as_("irina").get("/portal").text
    assert "Кампания" in page
    assert "Нужны баннеры" in page
    assert "Вера Лапина" in page


def test_home_tells_brands_apart_and_keeps_what_is_finished(app: Flask, as_: As, twins: Twins, first: int) -> None:
    irina = as_("irina")
    assert "Завершённые" not in irina.get("/portal").text
    with app.app_context(), unit():
        project = db.session.get(Project, first)
        brand = Brand(client_id=project.client_id, name="Ёж в тумане")
        db.session.add(brand)
        db.session.flush()
        project.brand_id = brand.id
    assert "Ёж в тумане" in irina.get("/portal").text
    with app.app_context(), unit():
        db.session.get(Project, first).state = "closed"
    page = irina.get("/portal").text
    assert "Ёж в тумане" not in page
    assert "/portal?finished=1" in page
    assert f"/portal/projects/{first}" in irina.get("/portal?finished=1").text


def test_a_link_to_one_project_opens_it_at_once(holder: Holder, first: int) -> None:
    answer = holder("irina", first).get("/portal", status=302)
    assert answer.headers["Location"] == f"/portal/projects/{first}"


def test_a_project_says_where_it_stands_and_shows_nothing_of_the_kitchen(as_: As, first: int) -> None:
    page = as_("irina").get(f"/portal/projects/{first}").text
    for words in ("ждём фото", "Покажем план", "Третий макет", "Когда съёмка?", "логотип", "Отчёт № 1", "после акта"):
        assert words in page
    assert [words for words in KITCHEN if words in page] == []


def test_what_waits_for_the_client_stands_on_top_with_sum_and_day(as_: As, second: int) -> None:
    page = as_("irina").get(f"/portal/projects/{second}").text
    assert page.index('class="box cols ask"') < page.index('class="spine"')
    assert "Согласуйте" in page
    assert "смету" in page


@pytest.mark.parametrize("who", ["irina", "timur"])
def test_every_page_of_every_paper_opens(app: Flask, as_: As, twins: Twins, who: str) -> None:
    visitor = as_(who)
    for model, kind in ((Brief, "briefs"), (Smeta, "smetas"), (Report, "reports"), (Task, "tasks")):
        with app.app_context():
            rows = db.session.query(model).filter_by(client_id=twins[0].client_id).all()
            shown = [
                (row.project_id, row.id) for row in rows
                if (kind != "briefs" or row.department is None)
                and ((kind == "tasks" and row.is_public and row.state not in ("backlog", "cancelled"))
                     or (kind != "tasks" and row.sent_at is not None))
            ]
        assert shown, kind
        for project_id, id in shown:
            page = visitor.get(f"/portal/projects/{project_id}/{kind}/{id}").text
            assert [words for words in KITCHEN if words in page] == []
            visitor.get(f"/portal/{kind}/{id}", status=302)


def test_drafts_and_inner_papers_do_not_exist_for_a_client(app: Flask, as_: As, twins: Twins) -> None:
    visitor = as_("irina")
    for model, kind, state in ((Task, "tasks", "backlog"), (Task, "tasks", "cancelled"), (Report, "reports", "draft")):
        for id in ids(app, model, client_id=twins[0].client_id, state=state):
            with app.app_context():
                project_id = db.session.get(model, id).project_id  # type: ignore[union-attr]
            visitor.get(f"/portal/projects/{project_id}/{kind}/{id}", status=404)


def test_pages_ask_the_database_a_constant_number_of_questions(app: Flask, as_: As, first: int, second: int) -> None:
    visitor = as_("irina")
    with app.app_context():
        smeta = db.session.scalars(select(Smeta.id).filter_by(project_id=second)).one()
        brief = db.session.scalars(select(Brief.id).filter_by(project_id=second, state="sent")).one()
    for address, most in (
        ("/portal", 12), (f"/portal/projects/{first}", 32), (f"/portal/projects/{second}", 32),
        (f"/portal/projects/{second}/smetas/{smeta}", 16), (f"/portal/projects/{second}/briefs/{brief}", 16),
    ):
        with counted(app) as asked:
            visitor.get(address)
        assert len(asked) <= most, address


def test_english_pages_have_no_russian_frame(app: Flask, holder: Holder, first: int, second: int) -> None:
    visitor = holder("irina", first)
    visitor.post("/portal/language", {"language": "en", "back": f"/portal/projects/{first}"})
    page = visitor.get(f"/portal/projects/{first}").text
    assert "Where it stands" in page
    assert "Questions and answers" in page


def test_signed_out_people_are_told_how_to_come_in(as_: As, first: int) -> None:
    visitor = as_(None)
    answer = visitor.get(f"/portal/projects/{first}", status=302)
    page = visitor.follow(answer).text
    assert "по ссылке из письма" in page.replace("\xa0", " ")
    assert f"/sign-in?next=/portal/projects/{first}" in page


def test_staff_look_at_the_clients_page_and_can_press_nothing(as_: As, first: int, second: int) -> None:
    for id in (first, second):
        page = as_("vera").get(f"/projects/{id}/as-client").text
        assert "Так эту страницу видит клиент" in page
        assert "<fieldset" in page
        assert f'action="/portal/projects/{id}' not in page
        as_("designer").get(f"/projects/{id}/as-client", status=403)
    as_("irina").get(f"/projects/{first}/as-client", status=403)


def test_staff_are_kept_out_of_the_portal_itself(as_: As, first: int) -> None:
    as_("vera").get(f"/portal/projects/{first}", status=403)


def test_a_day_named_for_the_first_time_has_not_moved(app: Flask, cast: Cast, as_: As, second: int) -> None:
    irina, day = as_("irina"), clock.today() + timedelta(days=40)
    with app.app_context(), unit():
        project = db.session.get(Project, second)
        project.ends_on = None
        db.session.flush()
        projects.change(project, by=cast.actor("vera"), reason="Клиент назвал день", ends_on=day)
    assert "Клиент назвал день" not in irina.get(f"/portal/projects/{second}").text
    with app.app_context(), unit():
        later = day + timedelta(days=7)
        projects.change(db.session.get(Project, second), by=cast.actor("vera"), reason="Площадка занята", ends_on=later)
    assert "Площадка занята" in irina.get(f"/portal/projects/{second}").text
