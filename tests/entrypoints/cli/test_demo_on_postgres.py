"""The whole flow on PostgreSQL: the demo is loaded by the operations, nothing in it breaks a rule, and pages open."""

from dataclasses import replace
from pathlib import Path

import pytest

from agency.app import create_app
from agency.entrypoints.cli import check
from agency.kit import clock
from agency.kit import db as database
from agency.kit.db import db
from agency.kit.settings import Settings
from tests.entrypoints.cli import demo_office
from tests.postgres import Server


@pytest.mark.postgres
@pytest.mark.slow
def test_the_demo_is_whole_on_postgresql(settings: Settings, postgres: Server, tmp_path: Path) -> None:
    own = replace(settings, data=tmp_path, database_url=postgres.empty("demo"), storage_url=f"file://{tmp_path}/files")
    app = create_app(own)
    database.upgrade(app)
    assert demo_office.load(app) == 0
    assert check.main(app, []) == 0
    owner = demo_office.visitor(app, "shtolts@agency.example")
    with clock.at(demo_office.NOW):
        for address in ("/", "/projects", "/board", "/clients", "/requests", "/projects/1"):
            assert owner.client.get(address, follow_redirects=True).status_code == 200, address
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
