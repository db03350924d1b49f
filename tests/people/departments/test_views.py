"""Heads of departments and the receiver of requests, named on one page of the settings."""

from collections.abc import Callable

from flask import Flask

from agency.kit import journal
from agency.people.agency import queries as agencies
from agency.people.departments import queries
from tests.cast import Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
PAGE = "/settings/departments/"


def form(visitor: Visitor, cast: Cast, **heads: str) -> dict[str, object]:
    text = visitor.get(PAGE).text
    version = text.split('name="version" type="hidden" value="')[1].split('"')[0]
    now = {"creative": "head_creative", "media": "head_media", "production": "head_production"} | heads
    return {"version": version, "account": 0, "receiver": 0} | {code: cast.persons[who] for code, who in now.items()}


def test_another_head_gets_the_role_and_the_former_one_stays_in_the_department(as_: As, app: Flask, cast: Cast) -> None:
    admin = as_("admin")
    typed = form(admin, cast, media="seo")
    admin.follow(admin.post(PAGE, typed | {"receiver": cast.persons["oleg"]}))
    with app.app_context():
        assert queries.heads()["media"].id == cast.persons["seo"]
        assert cast.person("seo").has("head")
        assert {role.role for role in cast.person("head_media").roles} == {"specialist"}
        assert agencies.value("requests.receiver") == cast.persons["oleg"]
        assert "department.head_named" in {fact.verb for fact in journal.about(cast.person("seo"))}
    stale = admin.post(PAGE, typed | {"media": cast.persons["producer"]}, status=409).text
    assert "Рита Ольхова" in stale
    assert "Семён Гай" in stale


def test_an_administrator_heads_nothing_by_the_own_hand(as_: As, cast: Cast) -> None:
    admin = as_("admin")
    admin.post(PAGE, form(admin, cast, media="admin"), status=422)
    admin.post(PAGE, form(admin, cast, media="owner"), status=422)
    as_("owner").get(PAGE)
    as_("vera").get(PAGE, status=403)
