"""P23: an export cannot run on its reader's machine: no cell of any table is a formula, and numbers stay numbers."""

import csv
from io import BytesIO, StringIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import String, func, literal, text, update

from agency.kit.db import db, unit
from agency.kit.web.tables import exported
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk import doors, world
from tests.walk.doors import Door
from tests.walk.world import Twin

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")
HARM = "HYPERLINK(1)"
WHO = ("owner", "irina")
Saved = dict[tuple[str, str], list[bytes]]


class Hostile(Twin):
    """A client whose every word begins as a formula does."""

    def say(self, words: str) -> str:
        return f"{TRIGGERS[0]}{HARM} {words} {self.mark}"


@pytest.fixture
def ways(app: Flask, cast: Cast) -> list[Door]:
    """Some doors of every route of tables, in an agency of which one client is hostile."""
    with app.app_context():
        with unit():
            world.live(cast, Hostile("MARK-H-1a2b", cast.hedgehog, "vera", "irina"))
        db.session.rollback()
    return _each(doors.all_doors(app, exported(app)))


def _let_anything_be_written() -> None:
    """For this unit nothing keeps frozen papers as they are, so that every field there is can be made hostile."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    # The file is this test's own.
    for name in db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        db.session.execute(text(f'DROP TRIGGER "{name}"'))


def begin_with(sign: str) -> int:
    """Let every hostile field there is begin with this sign; answers how many there are."""
    fields = 0
    with unit():
        _let_anything_be_written()
        for table in db.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, String):
                    words = func.substr(column, 2)
                    change = update(table).where(words.startswith(HARM)).values({column: literal(sign) + words})
                    fields += db.session.execute(change).rowcount  # type: ignore[attr-defined]
    return fields


def saved(app: Flask, cast: Cast, ways: list[Door]) -> Saved:
    """What every route of tables answers to whoever may ask it, by route and form."""
    found: Saved = {(name, form): [] for name in exported(app) for form in ("csv", "xlsx")}
    for name in WHO:
        visitor = Visitor(app, cast, name)
        for door in ways:
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


def test_no_cell_of_any_table_is_a_formula_whatever_sign_any_field_begins_with(
    app: Flask, cast: Cast, ways: list[Door], unhurried: None,
) -> None:
    hostile = set()
    for sign in TRIGGERS:
        with app.app_context():
            hostile.add(begin_with(sign))
        tables = saved(app, cast, ways)
        assert len(tables) >= 2 * 5, "the product has tables to save"
        silent = [place for place, files in tables.items() if not any(HARM in _words(place[1], one) for one in files)]
        assert silent == [], "each table must have met the hostile words"
        assert sum(_numbers(place, file) for place, files in tables.items() for file in files) > 20, "they stay numbers"
    assert len(hostile) == 1 and hostile.pop() > 100, "each sign has stood in each field"


def _numbers(place: tuple[str, str], file: bytes) -> int:
    return (_harmless_csv if place[1] == "csv" else _harmless_xlsx)(place[0], file)


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
