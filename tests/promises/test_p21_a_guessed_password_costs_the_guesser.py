"""P21: a guessed password costs the guesser, not the victim, and tells nobody who is known here."""

import math
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from agency.kit import clock, ids
from agency.kit.db import db, unit
from agency.kit.limits import Hit
from agency.people.accounts import passwords
from tests.cast import PASSWORD, Cast
from tests.figures import figure

GUESSES = figure(1000, 10_000)
TRIED = figure(8, 500)
# Of both databases together, at a small part of the cost of a hash, where a difference would stand out far more.
LIGHTLY_TRIED = figure(500, 5000)
THIEF, VICTIM = "198.51.100.7", "203.0.113.5"
VERA = "vera@agency.example"


def try_in(app: Flask, browser: FlaskClient, email: str, password: str, place: str) -> int:
    """What the sign-in form answers to a guess from a place on the network."""
    browser.set_cookie("agency_visit", "a-guesser")
    form = {"email": email, "password": password, "_csrf": ids.sign(app.config["SECRET_KEY"], "csrf", "a-guesser")}
    return browser.post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": place}).status_code


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was compared with a hash."""
    found: list[str] = []
    right = passwords.right

    def note(stored: str | None, password: str) -> bool:
        found.append(password)
        return right(stored, password)

    monkeypatch.setattr(passwords, "right", note)
    return found


def test_of_a_thousand_guesses_twenty_at_most_are_weighed_and_the_victim_comes_in(
    app: Flask, cast: Cast, weighed: list[str],
) -> None:
    thief, victim = app.test_client(), app.test_client()
    codes = [try_in(app, thief, VERA, f"guess number {n}", THIEF) for n in range(GUESSES)]
    assert set(codes) == {422, 429}
    assert 1 <= len(weighed) == codes.count(422) <= 20
    assert try_in(app, thief, VERA, PASSWORD, THIEF) == 429, "even the right one, once too many were wrong"
    assert try_in(app, victim, VERA, PASSWORD, VICTIM) == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Hit)) >= len(weighed), "counted in the database"
        db.session.rollback()
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert try_in(app, thief, VERA, "one guess more", THIEF) == 422, "after the while a few are weighed again"


def test_guessing_at_everybody_from_one_place_is_slowed_down_as_well(
    app: Flask, cast: Cast, weighed: list[str],
) -> None:
    thief = app.test_client()
    codes = [try_in(app, thief, f"person{n}@agency.example", "a guess", THIEF) for n in range(130)]
    assert codes.count(429) >= 30
    assert len(weighed) <= 100


def test_the_page_says_the_same_of_somebody_unknown(app: Flask, cast: Cast) -> None:
    told = []
    for email in (VERA, "nobody@agency.example"):
        browser = app.test_client()
        browser.set_cookie("agency_visit", "a-guesser")
        form = {"email": email, "password": "wrong", "_csrf": ids.sign(app.config["SECRET_KEY"], "csrf", "a-guesser")}
        told.append(browser.post("/sign-in", data=form).text.replace(email, "…"))
    assert told[0] == told[1]


def test_somebody_unknown_costs_the_same_time(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the real cost of a hash, by the time of the processor, which no neighbour of the machine changes."""
    monkeypatch.setattr(passwords, "_hasher", [PasswordHasher()])
    monkeypatch.setattr(passwords, "_nobodys", [])
    with app.app_context(), unit():
        cast.person("vera").password_hash = passwords.hashed(PASSWORD)
    # A difference shows itself every time, chance does not.
    assert any(alike(*measured(app, TRIED)) for _ in range(3)), "the time tells who is known"


def test_of_five_hundred_guesses_at_each_the_unknown_takes_the_same_time_within_a_tenth(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "_hasher", [PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)])
    monkeypatch.setattr(passwords, "_nobodys", [])
    with app.app_context(), unit():
        cast.person("vera").password_hash = passwords.hashed(PASSWORD)
    known, unknown = (median(times) for times in measured(app, LIGHTLY_TRIED // 2))
    assert abs(known - unknown) < known / 10, (known, unknown)


def measured(app: Flask, tried: int) -> tuple[list[float], list[float]]:
    """The processor's time of guesses at somebody known and at somebody unknown, by turns."""
    found: dict[str, list[float]] = {VERA: [], "nobody@agency.example": []}
    browser: Callable[[], FlaskClient] = app.test_client
    places = clock.now().microsecond
    for _turn in range(tried + 1):
        for email, times in found.items():
            # Each guess comes from a place of its own, so that all are weighed.
            places += 1
            place = f"10.{places >> 16}.{places >> 8 & 255}.{places & 255}"
            began = time.process_time()
            assert try_in(app, browser(), email, "wrong", place) == 422
            times.append(time.process_time() - began)
    # The first one pays for what is made once.
    known, unknown = (times[1:] for times in found.values())
    return known, unknown


def alike(one: list[float], other: list[float]) -> bool:
    """Mann-Whitney: whether two samples may well be of one kind (p > 0.01, normal approximation)."""
    above = sum((a > b) + (a == b) / 2 for a in one for b in other)
    mean = len(one) * len(other) / 2
    spread = math.sqrt(len(one) * len(other) * (len(one) + len(other) + 1) / 12)
    return math.erfc(abs(above - mean) / spread / math.sqrt(2)) > 0.01


def test_the_comparison_would_see_a_difference() -> None:
    """The test of the test: somebody unknown for whom nothing is hashed."""
    assert not alike([0.05 + n / 1000 for n in range(12)], [0.002 + n / 1000 for n in range(12)])
    assert alike([0.05 + n / 1000 for n in range(12)], [0.0505 + n / 1000 for n in range(12)])
