"""Every table to be saved: who may have it, what stands in it, and that nobody carries all of them away."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from openpyxl import load_workbook

from agency.flow.smetas.models import Smeta
from agency.kit.db import db
from agency.kit.web import exported
from tests.cast import Cast
from tests.pages import Visitor
from tests.walk.world import Twin

Twins = tuple[Twin, Twin]
As = Callable[[str | None], Visitor]
INNER = {"Себестоимость единицы", "Маржа", "Маржа, %"}


def smeta_of(app: Flask, twin: Twin, state: str = "approved") -> tuple[int, int]:
    with app.app_context():
        row = db.session.query(Smeta).filter_by(client_id=twin.client_id, state=state).first()
        return row.project_id, row.id


def read(visitor: Visitor, address: str) -> list[list[str]]:
    answer = visitor.get(f"{address}{'&' if '?' in address else '?'}form=csv")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def tables(twin: Twin, project_id: int, smeta_id: int) -> list[str]:
    return [
        f"/smetas/{smeta_id}/table", "/smetas/payments/table", "/tasks/table", f"/tasks/table?project_id={project_id}",
        f"/tasks/hours/table?project_id={project_id}", "/clients/table", f"/projects/{project_id}/journal/table",
    ]


def test_every_table_has_ones_own_rows_and_nobody_elses(app: Flask, twins: Twins, as_: As) -> None:
    mine, other = twins
    project_id, smeta_id = smeta_of(app, mine)
    vera = as_("vera")
    for address in tables(mine, project_id, smeta_id):
        rows = read(vera, address)
        assert len(rows) > 1, address
        assert all(len(row) == len(rows[0]) for row in rows), address
        assert not any(other.mark in cell for row in rows for cell in row), address
    answer = vera.get("/clients/table")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    page = load_workbook(io.BytesIO(answer.data)).active
    assert [cell.value for cell in page[1]][:2] == ["Код", "Клиент"]
    assert next(cell.value for cell in page[2]) == "TE"
    # A colleague's client is not there, whatever the address asks for.
    oleg, (theirs, _id) = as_("oleg"), smeta_of(app, other)
    assert len(read(oleg, f"/tasks/table?project_id={project_id}")) == 1
    assert len(read(oleg, f"/smetas/payments/table?project_id={project_id}")) == 1
    assert len(read(oleg, f"/tasks/hours/table?project_id={project_id}")) == 1
    oleg.get(f"/smetas/{smeta_id}/table", status=404)
    oleg.get(f"/projects/{project_id}/journal/table", status=404)
    assert theirs != project_id


def test_inner_columns_are_for_those_who_may_see_costs(app: Flask, twins: Twins, as_: As) -> None:
    project_id, smeta_id = smeta_of(app, twins[0])
    inner = read(as_("vera"), f"/smetas/{smeta_id}/table")
    assert set(inner[0]) > INNER
    for face in (
        read(as_("head_creative"), f"/smetas/{smeta_id}/table"), read(as_("admin"), f"/smetas/{smeta_id}/table"),
        read(as_("irina"), f"/portal/projects/{project_id}/smetas/{smeta_id}/table"),
    ):
        assert not set(face[0]) & INNER
        assert [row[: len(face[0])] for row in inner] == face
    as_("stranger").get(f"/portal/projects/{project_id}/smetas/{smeta_id}/table", status=404)
    as_("head_creative").get("/smetas/payments/table", status=403)
    as_("copywriter").get(f"/smetas/{smeta_id}/table", status=404)
    assert all(row[1] == "Мария Ясенева" for row in read(as_("copywriter"), "/tasks/hours/table")[1:])
    for name in ("irina", None):
        assert as_(name).client.get("/clients/table").status_code in (302, 404)


def test_ten_tables_an_hour_are_enough(app: Flask, cast: Cast, as_: As) -> None:
    vera = as_("vera")
    for _n in range(10):
        vera.get("/clients/table")
    assert "Больше десяти таблиц" in vera.get("/clients/table", status=429).text
    as_("oleg").get("/clients/table")
    vera.get("/clients/table?form=exe", status=404)


def test_a_large_table_goes_out_in_pieces(app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    small = as_("vera").get("/clients/table?form=csv").data
    monkeypatch.setattr("agency.kit.web.tables.AT_ONCE", 10)
    with as_("vera").get("/clients/table?form=csv", buffered=False) as answer:
        assert (answer.data, answer.content_length) == (small, len(small))


def test_every_table_is_declared(app: Flask) -> None:
    assert exported(app) == [
        "clients.table", "portal.smeta_table", "projects.journal_table", "smetas.payments_table", "smetas.table",
        "tasks.hours_table", "tasks.table",
    ]
    for endpoint in exported(app):
        assert hasattr(app.view_functions[endpoint], "needs")
    said = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.endswith("/table")}
    assert said == set(exported(app))


@pytest.mark.parametrize("address", ["/tasks", "/clients/", "/smetas/", "/projects/{project}", "/smetas/{smeta}"])
def test_pages_offer_their_tables(app: Flask, twins: Twins, as_: As, address: str) -> None:
    project_id, smeta_id = smeta_of(app, twins[0])
    vera = as_("vera")
    text = vera.get(address.format(project=project_id, smeta=smeta_id)).text
    assert "/table" in text
