"""A project knows until when it stands where it stands."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from agency.flow.projects.models import Project, ProjectStage
from agency.kit.db import db, unit
from tests.cast import Cast
from tests.flow import factory

FIRST, SECOND, LATER = date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 20)


def until(id: int) -> date | None:
    db.session.rollback()
    return db.session.scalars(select(Project.stands_until).where(Project.id == id)).one()


@pytest.mark.on_both
def test_the_day_follows_the_first_stage_that_is_not_done(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with unit():
            project = factory.a_project(cast)
            db.session.execute(delete(ProjectStage).where(ProjectStage.project_id == project.id))
            id = project.id
            of = {"project_id": id, "client_id": project.client_id}
        assert until(id) is None
        with unit():
            db.session.add_all([
                ProjectStage(**of, ordinal=2, name="Тексты", planned_on=SECOND, forecast_on=SECOND),
                ProjectStage(**of, ordinal=1, name="Бриф", planned_on=FIRST, forecast_on=FIRST),
            ])
        assert until(id) == FIRST
        brief = update(ProjectStage).where(ProjectStage.project_id == id, ProjectStage.ordinal == 1)
        for values, day in (
            ({"forecast_on": LATER}, LATER), ({"done_on": FIRST}, SECOND), ({"done_on": None}, LATER),
            ({"ordinal": 3}, SECOND),
        ):
            with unit():
                db.session.execute(brief.values(**values))
            assert until(id) == day, values
        with unit():
            db.session.execute(delete(ProjectStage).where(ProjectStage.project_id == id, ProjectStage.ordinal == 2))
        assert until(id) == LATER
