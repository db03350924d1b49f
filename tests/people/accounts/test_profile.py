"""One's own profile: words, looks, keys, the password and the open sessions."""

from collections.abc import Callable

import pytest
from flask import Flask

from agency.kit.db import unit
from agency.people.accounts import browsers
from tests.cast import PASSWORD, Cast
from tests.pages import Visitor

As = Callable[[str | None], Visitor]
MINE = {"name": "Вера Лапина-Ёлкина", "phone": "+7 900 000-00-00", "language": "ru", "theme": "dark",
        "timezone": "Asia/Vladivostok", "letter_keys": "y"}  # fmt: skip


def test_one_changes_what_may_be_said_of_oneself(app: Flask, as_: As, cast: Cast) -> None:
    vera = as_("vera")
    vera.follow(vera.post("/profile", MINE))
    with app.app_context(), unit():
        person = cast.person("vera")
        assert (person.name, person.theme, person.timezone) == ("Вера Лапина-Ёлкина", "dark", "Asia/Vladivostok")
        assert person.search_text.startswith("вера лапина-елкина")


def test_a_client_who_reads_latin_letters_sees_the_name_as_its_owner_spells_it(app: Flask, as_: As, cast: Cast) -> None:
    vera = as_("vera")
    assert "Vera Lapina" in vera.get("/profile").text
    vera.post("/profile", MINE | {"latin_name": "Viera  Lapina"})
    with app.app_context(), unit():
        assert cast.person("vera").latin_name == "Viera Lapina"


@pytest.mark.parametrize("wrong", [
    {"latin_name": "Вера"}, {"name": " "}, {"timezone": "Mars/Olympus"}, {"theme": "pink"}, {"language": "xx"},
])
def test_what_cannot_be_is_refused_and_nothing_is_lost(as_: As, wrong: dict[str, str]) -> None:
    text = as_("vera").post("/profile", MINE | wrong, status=422).text
    assert "+7 900 000-00-00" in text


def test_single_letters_can_be_switched_off(as_: As) -> None:
    vera = as_("vera")
    assert 'data-keys="off"' not in vera.get("/profile").text
    vera.post("/profile", {name: value for name, value in MINE.items() if name != "letter_keys"})
    assert 'data-keys="off"' in vera.get("/profile").text


def test_a_new_password_needs_the_current_one_and_signs_out_elsewhere(as_: As) -> None:
    here, there = as_("vera"), as_("vera")
    there.get("/")
    new = "an owl reads at noon"
    here.post("/profile/password", {"new-current": "wrong", "new-password": new}, status=422)
    here.post("/profile/password", {"new-current": PASSWORD, "new-password": "short"}, status=422)
    there.get("/")
    here.post("/profile/password", {"new-current": PASSWORD, "new-password": new})
    here.get("/profile")
    there.get("/", status=302)
    as_(None).post("/sign-in", {"email": "vera@agency.example", "password": PASSWORD}, status=422)
    as_(None).post("/sign-in", {"email": "vera@agency.example", "password": new})


def test_guessing_the_current_password_is_slowed_down(as_: As) -> None:
    vera = as_("vera")
    for _ in range(10):
        vera.post("/profile/password", {"new-current": "wrong", "new-password": "x"}, status=422)
    text = vera.post("/profile/password", {"new-current": PASSWORD, "new-password": "an owl at noon"}, status=422).text
    assert "Слишком много попыток" in text


def test_other_devices_are_signed_out_and_this_one_stays(as_: As) -> None:
    here, there, colleague = as_("vera"), as_("vera"), as_("oleg")
    there.get("/")
    assert "это устройство" in here.get("/profile").text
    here.post("/profile/other-sessions")
    here.get("/profile")
    there.get("/", status=302)
    colleague.get("/")


def test_a_client_has_a_profile_in_the_clients_frame(as_: As) -> None:
    text = as_("irina").get("/profile").text
    assert "Уведомления" not in text
    assert 'class="palette"' not in text


@pytest.mark.parametrize(("agent", "called"), [
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140.0 Safari/537.36", "Chrome, Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Safari/604", "Safari, iPhone"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox, Linux"), ("tests", "tests"), ("", ""),
])  # fmt: skip
def test_a_browser_is_called_as_people_call_it(agent: str, called: str) -> None:
    assert browsers.called(agent) == called
