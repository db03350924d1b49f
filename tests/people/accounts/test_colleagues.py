"""Inviting colleagues in the browser, and their last day."""

import re
from collections.abc import Callable

from flask import Flask

from agency.kit.db import unit
from agency.people.accounts import operations, queries
from tests.cast import Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
FORM = {
    "name": "Пётр Новый",
    "email": "petr@agency.example",
    "role": "specialist",
    "department": "media",
    "language": "ru",
}


def test_an_administrator_invites_and_the_link_lets_the_colleague_in(as_: As, app: Flask) -> None:
    shown = as_("admin").post("/people", FORM, status=200).text
    found = re.search(r"/invitations/[\w-]+", shown)
    assert found is not None
    nobody = as_(None)
    nobody.post(found[0], {"password": "an owl reads at noon"})
    nobody.get("/tasks")
    with app.app_context():
        person = queries.by_email("petr@agency.example")
        assert person is not None
        assert person.departments == {"media"}


def test_wrong_words_are_said_beside_the_field_and_kept(as_: As) -> None:
    admin = as_("admin")
    assert "Пётр Новый" in admin.post("/people", FORM | {"email": "vera@agency.example"}, status=422).text
    assert "Выберите отдел" in admin.post("/people", FORM | {"department": ""}, status=422).text
    admin.post("/people", FORM | {"role": "king"}, status=422)


def test_only_owner_and_administrator_see_the_page(as_: As, cast: Cast) -> None:
    as_("owner").get("/people")
    for who in ("vera", "designer", "head_media", "finance"):
        as_(who).get("/people", status=403)
        as_(who).post(f"/people/{cast.persons['seo']}/leaving", status=404)
    as_("irina").get("/people", status=403)


def test_a_colleague_is_found_by_name_address_or_department(as_: As) -> None:
    owner = as_("owner")
    everybody = owner.get("/people").text
    assert "Вера Лапина" in everybody and "Тимур Садыков" in everybody
    for narrowed in ("q=лапина", "q=VERA@", "department=account", "q=вера&department=account"):
        shown = owner.get(f"/people?{narrowed}").text
        assert "Вера Лапина" in shown, narrowed
        assert "Тимур Садыков" not in shown, narrowed
    assert "никого нет" in owner.get("/people?q=вера&department=media").text.replace("\xa0", " ")
    assert "Никто не ушёл" in owner.get("/people?left=1").text
    assert "Вера Лапина" in owner.get("/people?department=kitchen").text


def test_many_colleagues_come_page_by_page_by_name(app: Flask, as_: As) -> None:
    with app.app_context(), unit():
        for n in range(30):
            operations.add_person(f"Яна {n:02}", f"yana{n}@agency.example", roles=(("specialist", "media"),))
    owner = as_("owner")
    first = owner.get("/people?department=media").text
    edge = re.search(r"after=\d+", first)
    assert edge
    second = owner.get(f"/people?department=media&{edge[0]}").text
    for n in range(30):
        assert (f"Яна {n:02}" in first) != (f"Яна {n:02}" in second)
    assert "department=media&amp;before=" in second or "before=" in second


def test_the_last_day_ends_every_session_at_once(as_: As, cast: Cast) -> None:
    seo = as_("seo")
    seo.get("/tasks")
    admin = as_("admin")
    admin.follow(admin.post(f"/people/{cast.persons['seo']}/leaving"))
    seo.get("/tasks", status=302)
    admin.post(f"/people/{cast.persons['seo']}/invitation", status=404)


def test_nobody_shuts_the_last_door(as_: As, cast: Cast) -> None:
    as_("admin").post(f"/people/{cast.persons['owner']}/leaving", status=403)
    as_("owner").post(f"/people/{cast.persons['owner']}/leaving", status=422)
    as_("admin").post(f"/people/{cast.persons['admin']}/leaving", status=422)
    as_("admin").post(f"/people/{cast.persons['irina']}/leaving", status=404)


def test_a_fresh_link_is_made_for_who_lost_the_way(as_: As, cast: Cast) -> None:
    assert "/invitations/" in as_("owner").post(f"/people/{cast.persons['vera']}/invitation", status=200).text
