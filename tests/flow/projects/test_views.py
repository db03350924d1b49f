"""Pages of projects: the form that opens one, the list, and the sub-pages."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from agency.flow.projects import operations, queries, requirements
from agency.flow.requests import queries as known_requests
from agency.kit.db import db, unit
from agency.people.clients import queries as clients
from tests.cast import Cast
from tests.flow.requests.stories import one
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


@pytest.fixture
def project(app: Flask, cast: Cast) -> int:
    return opened(app, cast)


def opened(app: Flask, cast: Cast) -> int:
    id = one(app, cast, taken_by="vera")
    with app.app_context(), unit():
        plan = operations.Plan(
            client=clients.get(cast.hedgehog),
            name="Утро по подписке",
            manager=cast.person("vera"),
            starts_on=date(2026, 11, 23),
            ends_on=date(2027, 3, 31),
            requirements=["Баннеры", "Ролик"],
        )
        return operations.open_from(known_requests.get(id), plan, by=cast.actor("vera")).id


def form_of(cast: Cast, **more: object) -> dict[str, object]:
    return {
        "client_id": cast.hedgehog,
        "name": "Утро по подписке",
        "budget": "2 700 000",
        "currency": "RUB",
        "budget_has_vat": "y",
        "starts_on": "2026-11-23",
        "ends_on": "2027-03-31",
        "manager_id": cast.persons["vera"],
        "deputy_id": cast.persons["oleg"],
        "team": [cast.persons["seo"]],
        "preset": "campaign",
        "brand": "Утро",
        "contact_name": "Ирина Ветлугина",
        "contact_email": "irina@tyoply-yozh.example",
        "stage_name": ["Бриф", "Концепция", ""],
        "stage_day": ["2026-11-30", "", ""],
        "said": ["Кампания на февраль", "Когда ответите?", "Баннеры"],
        "want": ["0", "2"],
        **more,
    }


def test_the_form_comes_filled_from_the_request(as_: As, app: Flask, cast: Cast) -> None:
    id = one(app, cast, taken_by="vera", contact_name="Ирина Ветлугина", budget_words="до 2,7 млн ₽ с НДС")
    shown = as_("vera").get(f"/projects/from-request/{id}").text
    assert 'value="2 700 000"' in shown
    assert "Концепция" in shown
    assert "Нужна кампания на февраль: идея, баннеры, ролик." in shown


def test_one_button_qualifies_the_request_and_opens_the_project(as_: As, app: Flask, cast: Cast) -> None:
    id, vera = one(app, cast), as_("vera")
    answer = vera.post(f"/projects/from-request/{id}", form_of(cast))
    with app.app_context():
        project = queries.of_request(id)
        assert answer.headers["Location"] == f"/projects/{project.id}"
        assert (project.budget, project.brand.name, project.deputy_id) == (270000000, "Утро", cast.persons["oleg"])
        assert (project.stages[0].name, project.stages[0].planned_on) == ("Бриф", date(2026, 11, 30))
        assert len(project.stages) == 2
        assert [row.words for row in requirements.of(project.id)] == ["Кампания на февраль", "Баннеры"]
        assert known_requests.get(id).state == "qualified"
        assert len(clients.active_contacts(cast.hedgehog)) == 2
    vera.get(f"/requests/{id}")
    vera.post(f"/projects/from-request/{id}", form_of(cast), status=409)


def test_a_new_client_comes_with_its_project(as_: As, app: Flask, cast: Cast) -> None:
    id, vera = one(app, cast, "anna@zarechye.example", company="Мельница Заречье", taken_by="vera"), as_("vera")
    assert 'value="MZ"' in vera.get(f"/projects/from-request/{id}").text
    new = {
        "client_id": 0,
        "new_name": "Мельница Заречье",
        "new_code": "",
        "contact_email": "anna@zarechye.example",
        "is_approver": "y",
    }
    vera.post(f"/projects/from-request/{id}", form_of(cast, **new))
    with app.app_context():
        project = queries.of_request(id)
        assert project.number.startswith("MZ-")
        assert clients.approvers(project.client_id)[0].person.email == "anna@zarechye.example"
        assert known_requests.get(id).client_id == project.client_id


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Назовите проект"),
        ({"budget": "много"}, "не число"),
        ({"ends_on": "2026-01-01"}, "Конец раньше начала"),
        ({"client_id": 0, "new_name": ""}, "Назовите клиента"),
        ({"client_id": 0, "new_name": "Сытый Барсук"}, "Такой клиент уже есть"),
        ({"client_id": 0, "new_name": "Новый", "new_code": "ТЕ"}, "латинских"),
        ({"contact_name": "Олег", "contact_email": "oleg@agency.example"}, "адрес коллеги"),
        ({"stage_day": ["завтра", "", ""]}, "Напишите день так"),
    ],
)
def test_what_cannot_be_is_said_and_everything_typed_stays(
    as_: As,
    app: Flask,
    cast: Cast,
    wrong: dict[str, object],
    words: str,
) -> None:
    id = one(app, cast, taken_by="vera")
    refused = as_("vera").post(f"/projects/from-request/{id}", form_of(cast, **wrong), status=422).text
    assert words in refused
    assert "Кампания на февраль" in refused
    assert 'value="Утро"' in refused
    with app.app_context():
        assert queries.of_request(id) is None
        assert known_requests.get(id).state == "in_review"


def test_stages_are_spread_over_the_dates_without_losing_a_word(as_: As, app: Flask, cast: Cast) -> None:
    id, vera = one(app, cast, taken_by="vera"), as_("vera")
    shown = vera.post(f"/projects/from-request/{id}", form_of(cast, spread="days"), status=200).text
    assert 'value="2027-03-31"' in shown
    assert "Кампания на февраль" in shown
    assert (
        "Прототип"
        in vera.post(f"/projects/from-request/{id}", form_of(cast, spread="preset", preset="site"), status=200).text
    )


def test_a_request_of_anothers_client_cannot_be_opened(as_: As, app: Flask, cast: Cast) -> None:
    id = one(app, cast, "roman@sytyj-barsuk.example")
    as_("vera").get(f"/projects/from-request/{id}", status=404)
    as_("vera").post(f"/projects/from-request/{id}", form_of(cast), status=404)
    own = one(app, cast, "new@zarechye.example", taken_by="vera")
    as_("vera").post(f"/projects/from-request/{own}", form_of(cast, client_id=cast.rival), status=422)


def test_the_list_shows_stage_and_next_day_in_a_constant_number_of_questions(
    as_: As, app: Flask, cast: Cast, project: int
) -> None:
    shown = as_("vera").get("/projects/").text.replace("\xa0", " ")
    assert "Утро по подписке" in shown
    assert "1 из 7, Бриф" in shown
    for address in ("?q=утро", "?mine=1", "?state=closed", "?q=нет", f"?client={cast.hedgehog}"):
        as_("vera").get(f"/projects/{address}")
    few = asked(app, lambda: as_("owner").get("/projects/"))
    for _more in range(3):
        opened(app, cast)
    assert asked(app, lambda: as_("owner").get("/projects/")) == few
    assert "Утро" not in as_("oleg").get("/projects/").text
    as_("irina").get("/projects/", status=404)


def asked(app: Flask, look: Callable[[], object]) -> int:
    """How many questions a look puts to the database."""
    count = 0

    def note(*_args: object) -> None:
        nonlocal count
        count += 1

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    look()
    event.remove(engine, "before_cursor_execute", note)
    return count


def test_the_card_moves_dates_with_a_reason_and_shows_both_versions(as_: As, cast: Cast, project: int) -> None:
    vera, address = as_("vera"), f"/projects/{project}/card"
    assert "2 700" not in vera.get(address).text
    form = {
        "version": "1",
        "name": "Утро",
        "brand_id": 0,
        "billing_entity_id": 0,
        "manager_id": cast.persons["vera"],
        "deputy_id": 0,
        "budget": "2 700 000 ₽",
        "language": "ru",
        "report_weekday": 4,
        "starts_on": "2026-11-23",
        "ends_on": "2027-04-15",
    }
    vera.post(f"/projects/{project}/start")
    wanted = vera.post(address, form | {"version": "2"}, status=422).text
    assert "Напишите, почему дата меняется" in wanted
    vera.follow(vera.post(address, form | {"version": "2", "reason": "клиент перенёс запуск"}))
    assert "2 700 000 ₽" in vera.get(address).text.replace("\xa0", " ")
    stale = vera.post(address, form | {"version": "2", "name": "Вечер"}, status=409).text
    assert "Вечер" in stale


def test_moves_of_a_project_by_its_buttons(as_: As, project: int) -> None:
    vera, home = as_("vera"), f"/projects/{project}"
    vera.post(f"{home}/winding-up", status=409)
    vera.post(f"{home}/start")
    vera.post(f"{home}/pause", {"hold-side": "client", "hold-reason": ""}, status=422)
    vera.post(f"{home}/pause", {"hold-side": "client", "hold-reason": "ждём логотип"})
    vera.get(f"{home}/card")
    vera.post(f"{home}/resumption")
    vera.post(f"{home}/cancellation", {"cancel-reason": ""}, status=422)
    vera.post(f"{home}/winding-up")
    vera.post(f"{home}/closing")
    vera.post(f"{home}/start", status=409)


def test_stages_begin_end_move_and_show_the_planned_day(as_: As, app: Flask, project: int) -> None:
    vera = as_("vera")
    with app.app_context():
        first, second, *_rest, last = [stage.id for stage in queries.get(project).stages]
    vera.get(f"/projects/{project}/stages")
    vera.follow(vera.post(f"/projects/stages/{first}/beginning"))
    vera.follow(vera.post(f"/projects/stages/{first}/completion"))
    vera.post(f"/projects/stages/{first}/completion", status=409)
    form = {f"s{second}-version": "1", f"s{second}-name": "Стратегия", f"s{second}-forecast_on": "2027-01-15"}
    assert "Напишите, почему дата" in vera.post(f"/projects/stages/{second}/day", form, status=422).text
    shown = vera.follow(vera.post(f"/projects/stages/{second}/day", form | {f"s{second}-reason": "ждали ответа"})).text
    assert "15 янв" in shown.replace("\xa0", " ")
    vera.post(f"/projects/stages/{second}/day", form, status=409)
    vera.post(f"/projects/stages/{last}/removal")
    vera.post(f"/projects/{project}/stages", {"new-name": "", "new-day": "2027-05-01"}, status=422)
    vera.follow(vera.post(f"/projects/{project}/stages", {"new-name": "Повтор", "new-day": "2027-05-01"}))


def test_a_person_settles_what_ends_a_stage_and_takes_up_one_that_was_over(as_: As, app: Flask, project: int) -> None:
    vera = as_("vera")
    with app.app_context():
        first, second = [stage.id for stage in queries.get(project).stages][:2]
        day = queries.get(project).stages[1].forecast_on.isoformat()
    form = {f"s{second}-version": "1", f"s{second}-name": "Стратегия", f"s{second}-forecast_on": day}
    vera.post(f"/projects/stages/{second}/day", form | {f"s{second}-ending": "weather"}, status=422)
    shown = vera.follow(vera.post(f"/projects/stages/{second}/day", form | {f"s{second}-ending": "estimate"})).text
    assert "завершится, когда клиент согласует смету" in shown.replace("\xa0", " ")
    for reason in ("рано", ""):
        vera.post(f"/projects/stages/{first}/reopening", {f"again{first}-reason": reason}, status=409)
    vera.post(f"/projects/stages/{first}/completion")
    vera.post(f"/projects/stages/{first}/reopening", {f"again{first}-reason": ""}, status=422)
    vera.follow(vera.post(f"/projects/stages/{first}/reopening", {f"again{first}-reason": "клиент передумал"}))
    with app.app_context():
        assert queries.get(project).stages[0].done_on is None


def test_requirements_keep_their_marks(as_: As, app: Flask, project: int) -> None:
    vera, page = as_("vera"), f"/projects/{project}/requirements"
    with app.app_context():
        first, second = [row.id for row in requirements.of(project)]
    assert "Т2" in vera.get(page).text
    words = {f"r{first}-version": "1", f"r{first}-words": "18 баннеров"}
    vera.post(f"/projects/requirements/{first}/words", words)
    assert (
        "18 баннеров"
        in vera.post(
            f"/projects/requirements/{first}/words", words | {f"r{first}-words": "20 баннеров"}, status=409
        ).text
    )
    vera.post(f"/projects/requirements/{second}/end", {f"d{second}-reason": ""}, status=422)
    vera.post(f"/projects/requirements/{second}/end", {f"d{second}-reason": "передумали"})
    vera.post(page, {"new-words": ""}, status=422)
    vera.post(page, {"new-words": "Лендинг"})
    shown = vera.get(page).text
    assert "Т3" in shown
    assert "Сняты" in shown


def test_parts_of_anothers_project_are_missing_and_readers_cannot_write(
    as_: As, app: Flask, cast: Cast, project: int
) -> None:
    with app.app_context():
        stage, requirement = queries.get(project).stages[0].id, requirements.of(project)[0].id
    for part in ("card", "team", "stages", "requirements"):
        as_("oleg").get(f"/projects/{project}/{part}", status=404)
    for verb in (f"{project}/start", f"stages/{stage}/beginning", f"requirements/{requirement}/end", f"{project}/team"):
        as_("oleg").post(f"/projects/{verb}", {}, status=404)
        as_("head_media").post(f"/projects/{verb}", {}, status=403)
    as_("head_media").get(f"/projects/{project}/requirements")


def test_the_team_sees_the_project_from_then_on(as_: As, cast: Cast, project: int) -> None:
    as_("seo").get(f"/projects/{project}/requirements", status=404)
    vera = as_("vera")
    vera.get(f"/projects/{project}/team")
    vera.post(f"/projects/{project}/team", {"team": [cast.persons["seo"]]})
    as_("seo").get(f"/projects/{project}/requirements")
