"""Coming in and going out."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from agency.entrypoints.portal import links
from agency.kit.db import unit
from agency.kit.queue import SYSTEM
from agency.people.accounts import operations
from tests.cast import PASSWORD, Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]


def test_a_stranger_is_asked_to_sign_in_and_then_goes_on_where_they_wanted(as_: As) -> None:
    nobody = as_(None)
    sent = nobody.get("/components", status=302)
    assert "next=/components" in sent.headers["Location"]
    form = {"email": "vera@agency.example", "password": PASSWORD, "next": "/components"}
    answer = nobody.post("/sign-in", form)
    assert answer.headers["Location"] == "/components"
    nobody.get("/")


def test_a_wrong_password_says_so_beside_the_field_and_keeps_the_address(as_: As) -> None:
    answer = as_(None).post("/sign-in", {"email": "vera@agency.example", "password": "wrong"}, status=422)
    assert 'value="vera@agency.example"' in answer.text
    assert "не подходят" in answer.text


def test_the_way_on_never_leaves_the_site(as_: As) -> None:
    for away in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        form = {"email": "vera@agency.example", "password": PASSWORD, "next": away}
        assert as_(None).post("/sign-in", form).headers["Location"] == "/"


def test_guessing_is_slowed_down(as_: As) -> None:
    nobody = as_(None)
    for _ in range(10):
        nobody.post("/sign-in", {"email": "vera@agency.example", "password": "wrong"}, status=422)
    nobody.post("/sign-in", {"email": "vera@agency.example", "password": "wrong"}, status=429)


def test_signing_out_ends_the_session_in_every_browser(as_: As) -> None:
    here, there = as_("vera"), as_("vera")
    there.get("/")
    here.post("/sign-out")
    here.get("/", status=302)
    there.get("/", status=302)


def test_an_invitation_opens_once_and_a_look_does_not_spend_it(as_: As, app: object, cast: Cast) -> None:
    nobody = as_(None)
    with app.app_context(), unit():  # type: ignore[attr-defined]
        token = operations.invite(cast.person("seo"), by=cast.actor("admin"))
        forgotten = operations.invite(cast.person("seo"), by=cast.actor("admin"))
    nobody.get(f"/invitations/{token}")
    nobody.post(f"/invitations/{token}", {"password": "short"}, status=422)
    nobody.post(f"/invitations/{token}", {"password": "an owl reads at noon"})
    nobody.get("/", status=302)
    nobody.get(f"/invitations/{token}", status=410)
    nobody.get(f"/invitations/{forgotten}", status=410)


def test_a_form_without_its_token_is_refused(as_: As) -> None:
    visitor = as_("vera")
    assert visitor.client.post("/sign-out").status_code == 403
    assert visitor.client.post(
        "/sign-out", headers={"X-CSRF-Token": visitor.token(), "Origin": "https://evil.example"},
    ).status_code == 403


def test_whoever_came_by_a_link_changes_nothing_of_the_person(app: Flask, as_: As, cast: Cast) -> None:
    irina, holder = as_("irina"), as_(None)
    with app.app_context(), unit():
        address = links.mint(cast.person("irina"), by=SYSTEM)
    holder.for_client = True
    holder.get(address.removeprefix("http://localhost"), status=303)
    holder.post("/profile/theme", {"theme": "dark"}, status=404)
    holder.post("/sign-out", status=404)
    holder.post("/language", {"language": "en"})
    irina.get("/profile")
    with app.app_context():
        assert (cast.person("irina").language, cast.person("irina").theme) == ("ru", "")


def test_by_https_every_cookie_is_secure_and_can_be_taken_back(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    monkeypatch.setitem(app.config, "SESSION_COOKIE_NAME", "__Host-flash")
    browser, at = app.test_client(), {"base_url": "https://localhost"}
    found = browser.get("/sign-in", **at)
    token = re.search(r'name="_csrf" value="([^"]+)', found.text)[1]  # type: ignore[index]
    given = browser.post("/sign-in", data={"email": "vera@agency.example", "password": PASSWORD, "_csrf": token}, **at)
    chosen = browser.post("/language", data={"language": "en", "_csrf": token}, **at)
    taken = browser.post("/sign-out", data={"_csrf": token}, **at)
    cookies = [cookie for answer in (found, given, chosen, taken) for cookie in answer.headers.getlist("Set-Cookie")]
    assert len([cookie for cookie in cookies if cookie.startswith("__Host-session=")]) == 2
    for cookie in cookies:
        # A browser hears nothing said of a __Host- cookie without Secure, not even its end.
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
