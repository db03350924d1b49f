"""P23: an export cannot run on its reader's machine: no cell of any table is a formula, and numbers stay numbers."""

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import cycle

import pytest
from flask import Flask
from openpyxl import load_workbook

from agency.kit.db import db, unit
from agency.kit.web.tables import exported
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk import doors, world
from tests.walk.doors import Door
from tests.walk.world import Twin

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")
HARM = "HYPERLINK(1)"
WHO = ("owner", "vera", "irina")


@dataclass
class Hostile(Twin):
    """A client whose every word begins as a formula does."""

    def __post_init__(self) -> None:
        self.signs = cycle(TRIGGERS)

    def say(self, words: str) -> str:
        return f"{next(self.signs)}{HARM} {words} {self.mark}"


@pytest.fixture
def hostile(app: Flask, cast: Cast) -> Hostile:
    with app.app_context():
        with unit():
            twin = Hostile("MARK-H-1a2b", cast.hedgehog, "vera", "irina")
            world.live(cast, twin)
        db.session.rollback()
    return twin


@pytest.fixture
def saved(app: Flask, cast: Cast, hostile: Hostile, unhurried: None) -> dict[tuple[str, str], list[bytes]]:
    """What every route of tables answers to whoever may ask it, by route and form."""
    endpoints = exported(app)
    found: dict[tuple[str, str], list[bytes]] = {(name, form): [] for name in endpoints for form in ("csv", "xlsx")}
    ways = doors.all_doors(app, endpoints)
    for name in WHO:
        visitor = Visitor(app, cast, name)
        for door in _each(ways):
            for form in ("csv", "xlsx"):
                answer = visitor.client.get(door.address, query_string={"form": form})
                if answer.status_code == 200:
                    found[door.endpoint, form].append(answer.data)
    return found


def _each(ways: list[Door]) -> list[Door]:
    """The first and the last door of every route."""
    places: dict[str, list[Door]] = {}
    for door in ways:
        places.setdefault(door.endpoint, []).append(door)
    return [door for some in places.values() for door in some[:1] + some[1:][-1:]]


def test_no_cell_of_any_table_is_a_formula(app: Flask, saved: dict[tuple[str, str], list[bytes]]) -> None:
    assert len(saved) >= 2 * 5, "the product has tables to save"
    silent = [place for place, files in saved.items() if not any(HARM in _words(place[1], one) for one in files)]
    assert silent == [], "each table must have met the hostile words"
    numbers = 0
    for (endpoint, form), files in saved.items():
        for file in files:
            numbers += _harmless_csv(endpoint, file) if form == "csv" else _harmless_xlsx(endpoint, file)
    assert numbers > 20, "numbers stay numbers"


def _words(form: str, file: bytes) -> str:
    if form == "csv":
        return file.decode("utf-8-sig")
    return " ".join(str(cell.value) for row in load_workbook(BytesIO(file)).active.iter_rows() for cell in row)


def _harmless_csv(endpoint: str, file: bytes) -> int:
    text, numbers = file.decode("utf-8-sig"), 0
    for row in csv.reader(StringIO(text, newline=""), delimiter=";"):
        for cell in row:
            if _is_number(cell):
                numbers += 1
            else:
                assert not cell.lstrip(" \u00a0").startswith((*TRIGGERS, "＝", "＋", "－", "＠")), (endpoint, cell)
    return numbers


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _harmless_xlsx(endpoint: str, file: bytes) -> int:
    numbers = 0
    for row in load_workbook(BytesIO(file)).active.iter_rows():
        for cell in row:
            assert cell.data_type != "f", (endpoint, cell.value)
            assert cell.hyperlink is None, (endpoint, cell.value)
            numbers += cell.data_type == "n" and cell.value is not None
    return numbers


def test_a_table_that_goes_round_the_one_writer_would_be_seen(app: Flask) -> None:
    """Every view that sends a table is one that the walk finds: nothing else answers with such a type."""
    declared = set(exported(app))
    assert declared
    assert {name for name in app.view_functions if name.endswith(("_table", ".table"))} <= declared
