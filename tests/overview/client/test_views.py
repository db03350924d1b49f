"""The list and the card of clients: who sees them, how each fares, what waits, and all that happened."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from agency.attached.promises.models import Promise
from agency.flow.projects.models import Project
from agency.flow.smetas.models import PaymentRow, Smeta
from agency.kit import clock
from agency.kit.db import db, unit
from agency.people.clients import nuances, queries
from agency.people.clients.models import Client
from tests.cast import Cast
from tests.flow import factory
from tests.pages import Visitor
from tests.queries import counted

As = Callable[[str | None], Visitor]


def _in_trouble(app: Flask, cast: Cast, more: int = 0) -> int:
    """A project whose promise and payment are overdue; `more` facts, promises and projects beside it."""
    with app.app_context(), unit():
        project = factory.a_project(cast)
        late = clock.today() - timedelta(days=9)
        smeta = Smeta(
            project_id=project.id, client_id=project.client_id, kind="base", n=1, number="TE-2026-014/С1",
            state="draft", language="ru", currency="RUB", author_id=cast.persons["vera"], gross=5_000_000,
        )
        db.session.add(smeta)
        db.session.flush()
        for ordinal in range(1, 2 + more):
            db.session.add(PaymentRow(
                smeta_id=smeta.id, client_id=project.client_id, ordinal=ordinal, due_on=late, amount=1_000_000,
            ))
            db.session.add(Promise(
                subject_id=project.id, client_id=project.client_id, project_id=project.id, words=f"Обещание {ordinal}",
                due_on=late, made_by_id=cast.persons["vera"],
            ))
        db.session.flush()
        db.session.execute(db.update(Smeta).values(state="approved"))
        db.session.execute(db.update(PaymentRow).values(owed_in="RUB"))
        for n in range(more):
            db.session.add(Project(
                number=f"TE-2026-1{n:02}", name=f"Ещё {n}", client_id=project.client_id, language="ru", currency="RUB",
                manager_id=cast.persons["vera"], own_entity_id=cast.entity, starts_on=clock.today(), state="active",
            ))
        return project.id


def test_each_manager_sees_only_own_clients(as_: As, cast: Cast) -> None:
    shown = as_("vera").get("/clients/").text
    assert "Тёплый Ёж" in shown
    assert "Сытый Барсук" not in shown
    as_("vera").get(f"/clients/{cast.hedgehog}")
    for page in ("", "/history"):
        as_("vera").get(f"/clients/{cast.rival}{page}", status=404)
        as_("irina").get(f"/clients/{cast.hedgehog}{page}", status=404)
    as_("owner").get(f"/clients/{cast.rival}?mine=1")
    as_("designer").get("/clients/", status=403)


def test_a_client_is_found_by_name_or_code(as_: As) -> None:
    assert "Тёплый" in as_("owner").get("/clients/?q=ёж").text
    assert "Тёплый" not in as_("owner").get("/clients/?q=rv").text
    assert "пусто" in as_("owner").get("/clients/?q=нет-такого").text


def test_health_is_told_with_its_reasons_and_the_troubled_stand_first(app: Flask, as_: As, cast: Cast) -> None:
    _in_trouble(app, cast)
    listed = as_("owner").get("/clients/?look=1").text
    assert "Сытый Барсук" not in listed
    card = as_("vera").get(f"/clients/{cast.hedgehog}").text.replace("\xa0", " ")
    for said in ("1 обещание просрочено", "10 000 ₽, просрочено на 9 дней", "Мы обещали: Обещание 1"):
        assert said in card, said
    head = as_("head_creative").get(f"/clients/{cast.hedgehog}").text.replace("\xa0", " ")
    assert "10 000 ₽" not in head, "money is not for heads"


def test_a_long_list_turns_its_pages_by_the_client_at_the_edge(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        db.session.add_all(Client(code=f"Z{n}", name=f"Янтарь {n:03}") for n in range(40))
    first = as_("owner").get("/clients/").text
    assert "Янтарь 027" in first
    assert "Янтарь 028" not in first
    with app.app_context():
        edge = db.session.scalars(db.select(Client.id).where(Client.code == "Z27")).one()
    assert f"after={edge}" in first
    second = as_("owner").get(f"/clients/?after={edge}").text
    assert "Янтарь 028" in second
    assert "Янтарь 027" not in second
    assert "Янтарь 027" in as_("owner").get(f"/clients/?before={edge + 1}").text


def test_nuances_stand_where_they_belong_and_never_before_the_client(app: Flask, as_: As, cast: Cast) -> None:
    with app.app_context(), unit():
        client = queries.get(cast.hedgehog)
        assert client is not None
        nuances.add(client, "Никакого красного", ["estimate"], by=cast.actor("vera"))
    _in_trouble(app, cast)
    assert "Никакого красного" in as_("vera").get("/smetas/1").text.replace("\xa0", " ")
    assert "Никакого красного" not in as_("vera").get("/smetas/1/client").text.replace("\xa0", " ")


def test_the_history_tells_of_all_projects_and_is_narrowed_and_paged(app: Flask, as_: As, cast: Cast) -> None:
    vera, home = as_("vera"), f"/clients/{cast.hedgehog}"
    _in_trouble(app, cast)
    for n in range(51):
        vera.post("/projects/1/promises", {"words": f"Слово {n}", "due_on": clock.today().isoformat()})
    vera.post(f"{home}/brands", {"brand-name": "Утро"})
    first = vera.get(f"{home}/history").text
    assert "Слово 50" in first
    assert "before=" in first
    assert "Слово 50" not in vera.get(f"{home}/history?what=money").text.split("feed")[1]
    assert "Слово 50" in vera.get(f"{home}/history?what=promise&who={cast.persons['vera']}&project=1").text
    assert "Слово" not in vera.get(f"{home}/history?on=2020-01-01&who=x&before=9999999999").text


def test_the_card_asks_the_same_few_questions_however_much_there_is(app: Flask, as_: As, cast: Cast) -> None:
    _in_trouble(app, cast, more=30)
    visitor = as_("owner")
    for page in ("/clients/", f"/clients/{cast.hedgehog}", f"/clients/{cast.hedgehog}/history"):
        visitor.get(page)
        with counted(app) as asked:
            visitor.get(page)
        assert len(asked) <= 12, "\n".join(asked)
